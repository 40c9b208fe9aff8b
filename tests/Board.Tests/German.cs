using System.Globalization;
using System.Runtime.CompilerServices;

namespace Association.Board.Tests;

/// <summary>Tests read German sentences, whatever the machine speaks.</summary>
internal static class German
{
    [ModuleInitializer]
    internal static void Speak() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
}
