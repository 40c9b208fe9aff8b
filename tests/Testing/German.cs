using System.Globalization;
using System.Runtime.CompilerServices;

namespace Association.Testing;

/// <summary>Tests read German sentences, whatever the machine speaks. Compiled into each test project, because it has to run before its first test.</summary>
internal static class German
{
    [ModuleInitializer]
    internal static void Speak() =>
        CultureInfo.DefaultThreadCurrentCulture =
            CultureInfo.DefaultThreadCurrentUICulture =
            CultureInfo.CurrentCulture =
            CultureInfo.CurrentUICulture =
                CultureInfo.GetCultureInfo("de-DE");
}
