using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.Localization;

namespace Association.Office.Setup;

/// <summary>The questions at a terminal, one a line; a wrong answer is asked for again at once, with the reason.</summary>
/// <param name="texts">The questions.</param>
/// <param name="look">What is wrong with the answers so far.</param>
internal sealed class SetupDialog(IStringLocalizer<SetupTexts> texts, Func<IReadOnlyDictionary<string, string>, IReadOnlyList<Problem>> look)
{
    /// <summary>Asks for everything that is not there yet, or not right.</summary>
    public void Complete(Dictionary<string, string> answers)
    {
        Console.Error.WriteLine(texts["Ask.Begin"].Value);
        foreach (var field in SetupField.All)
        {
            if (answers.ContainsKey(field.Name) && IsRight(field.Name, answers))
                continue;
            do answers[field.Name] = Read(field.Name);
            while (!IsRight(field.Name, answers));
        }
        do answers[SetupField.Password] = ReadPassword();
        while (!IsRight(SetupField.Password, answers));
    }

    private bool IsRight(string field, IReadOnlyDictionary<string, string> answers)
    {
        if (look(answers).FirstOrDefault(p => p.Field == field) is not { } problem)
            return true;
        Console.Error.WriteLine($"  {problem.Text}");
        return false;
    }

    private string Read(string field)
    {
        Console.Error.Write($"{texts["Ask." + field].Value}: ");
        return Console.ReadLine() ?? throw new RefusedException(texts["Ask.Ended"]);
    }

    private string ReadPassword()
    {
        while (true)
        {
            var password = HiddenLine.Ask($"{texts["Ask.Password"].Value}: ");
            if (HiddenLine.Ask($"{texts["Ask.PasswordAgain"].Value}: ") == password)
                return password;
            Console.Error.WriteLine($"  {texts["Ask.PasswordsDiffer"].Value}");
        }
    }
}
