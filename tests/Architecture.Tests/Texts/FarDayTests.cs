using System.Reflection;
using System.Runtime.CompilerServices;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Running;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>Days of the year 26 or 2126 come into no command, whichever way: forms and verbs read days narrower, the bus refuses what is left.</summary>
public sealed class FarDayTests
{
    private static readonly DayRange Range = DayRange.Historic(new DateOnly(2026, 11, 23));

    [Theory]
    [InlineData("0026-11-28")]
    [InlineData("2126-11-28")]
    public void no_day_of_a_command_can_be_one_that_nobody_means(string day)
    {
        var (far, days) = (DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), 0);
        foreach (var command in House.Modules.Concat(House.Contracts).SelectMany(a => a.GetTypes()).Where(IsOpenCommand))
        {
            var message = RuntimeHelpers.GetUninitializedObject(command);
            var fields = command
                .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
                .Where(f => f.FieldType == typeof(DateOnly) || f.FieldType == typeof(DateOnly?))
                .ToList();
            foreach (var field in fields)
                field.SetValue(message, far);
            FarDays.In(message, Range).Select(f => $"<{f.Name}>k__BackingField").ShouldBe(fields.Select(f => f.Name), ignoreOrder: true, command.Name);
            days += fields.Count;
        }
        days.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void a_member_of_the_founding_days_and_a_mandate_of_today_are_meant() =>
        FarDays.In(new Entry(new DateOnly(1874, 5, 1), new DateOnly(2026, 11, 23), null), Range).ShouldBeEmpty();

    private static bool IsOpenCommand(Type type) => !type.IsAbstract && type.IsAssignableTo(typeof(ICommand)) && !type.IsDefined(typeof(InternalOnlyAttribute));

    private sealed record Entry(DateOnly JoinedOn, DateOnly SignedOn, DateOnly? LeftOn) : ICommand;
}
