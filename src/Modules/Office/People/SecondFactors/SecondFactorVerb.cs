using System.CommandLine;
using Association.Office.People.SignIn;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;

namespace Association.Office.People.SecondFactors;

/// <summary><c>second-factor show|require|release</c>: which roles need more than a password, by the same command as the page.</summary>
internal sealed class SecondFactorVerb : IVerb
{
    private readonly Argument<string[]> _roles = new("ROLE")
    {
        Description = $"One or more of {string.Join(", ", Roles.All)}.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Command Define(IVerbHost host)
    {
        _roles.AcceptOnlyFromAmong([.. Roles.All]);
        var show = new Command("show", "Print which roles need a second factor, and how many of their people have none yet.");
        show.SetAction(host.Run(_ => false, context => AnswerAsync(context, change: null)));
        var require = new Command("require", "People of these roles set a second factor up, or show it, before anything else opens.") { _roles };
        require.SetAction(host.Run(_ => false, context => AnswerAsync(context, (now, typed) => now.Union(typed))));
        var release = new Command("release", "A password is enough again for people of these roles.") { _roles };
        release.SetAction(host.Run(_ => false, context => AnswerAsync(context, (now, typed) => now.Except(typed))));
        return new Command("second-factor", "Which roles need more than a password. Whoever runs this has the database anyway, so no user is asked for.")
        {
            show,
            require,
            release,
        };
    }

    private Task<VerbAnswer> AnswerAsync(VerbContext context, Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<string>>? change) =>
        AsAdministrator.RunAsync(
            context.Services,
            async () =>
            {
                var rows = await context.Bus.QueryAsync(new ReadSecondFactorRule(), context.Cancellation);
                if (change is not null)
                {
                    var wished = change(rows.Where(r => r.Required).Select(r => r.Role), context.Arguments.GetRequiredValue(_roles));
                    await context.Bus.InvokeAsync(new RequireSecondFactor([.. wished]), context.Cancellation);
                    rows = await context.Bus.QueryAsync(new ReadSecondFactorRule(), context.Cancellation);
                }
                return new VerbAnswer(
                    new { roles = rows },
                    string.Join('\n', rows.Select(r => $"{r.Role}: {(r.Required ? "needed" : "not needed")}, {r.Without} of {r.People} without"))
                );
            }
        );
}
