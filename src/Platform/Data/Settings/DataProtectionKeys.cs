using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Association.Platform.Data.Settings;

/// <summary>The keys of cookies and form tokens, in the database: every host reads what another wrote, and a restart signs nobody out.</summary>
/// <remarks>On connections beside the modules': whoever protects something in a handler waits for the keys while it holds one of those.</remarks>
internal sealed class DataProtectionKeys(BusConnections connections) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = connections.Database.OpenConnection();
        return [.. connection.Query<string>("select xml from platform.data_protection_key order by id").Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = connections.Database.OpenConnection();
        connection.Execute(
            "insert into platform.data_protection_key (name, xml) values (@name, @xml)",
            new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) }
        );
    }
}
