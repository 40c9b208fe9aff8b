using Association.Platform.Web.Components;

namespace Association.Membership.SelfDeclarations.Desk;

/// <summary>How states look.</summary>
internal static class DeclarationWords
{
    public static StateKind KindOf(DeclarationState state) =>
        state switch
        {
            DeclarationState.Open => StateKind.Open,
            DeclarationState.Draft => StateKind.Draft,
            DeclarationState.Answered => StateKind.Warn,
            DeclarationState.Implausible or DeclarationState.Unreachable => StateKind.Bad,
            DeclarationState.Confirmed or DeclarationState.Settled => StateKind.Ok,
            _ => StateKind.Ended,
        };
}
