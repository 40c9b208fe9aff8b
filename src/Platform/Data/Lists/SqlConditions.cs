using Dapper;

namespace Association.Platform.Data.Lists;

/// <summary>The conditions of a statement, all of which must hold, with their values, which are always parameters.</summary>
/// <example><c>new SqlConditions().When(filter.Year, "i.dues_year = @year", "year")</c></example>
public sealed class SqlConditions
{
    private readonly List<string> _conditions = [];

    /// <summary>None yet.</summary>
    /// <param name="parameters">Values that the conditions, or the statement around them, name.</param>
    public SqlConditions(object? parameters = null) => Parameters = new DynamicParameters(parameters);

    /// <summary>The same conditions once more, to be added to.</summary>
    public SqlConditions(SqlConditions others)
    {
        ArgumentNullException.ThrowIfNull(others);
        _conditions = [.. others._conditions];
        Parameters = new DynamicParameters(others.Parameters);
    }

    /// <summary>What the conditions name.</summary>
    public DynamicParameters Parameters { get; }

    /// <summary>Stands after <c>where</c>.</summary>
    public string Sql => _conditions.Count == 0 ? "true" : string.Join(" and ", _conditions);

    /// <summary>A condition without a value of its own.</summary>
    public SqlConditions And(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>A condition on a value; none when there is no value.</summary>
    /// <param name="value">What the person asked for.</param>
    /// <param name="condition">Names it as <c>@name</c>.</param>
    /// <param name="name">The parameter.</param>
    public SqlConditions When(object? value, string condition, string name)
    {
        if (value is null)
            return this;
        Parameters.Add(name, value);
        return And(condition);
    }
}
