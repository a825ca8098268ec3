using System.Text;
using System.Xml.Linq;
using Evercard.Authority;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Browsers;

/// <summary>The keys of cookies, forms and tickets: in the database, wrapped by the key store, so that every node reads what any of them wrote.</summary>
internal sealed class PageKeys(Database database, CertificateAuthority authority, TimeProvider time) : IXmlRepository
{
    private int seen;

    // The framework asks when it starts and once a day, without a way to wait; no thread of ours is held by a context.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = database.Read(r => r.Registry.PageKeys.OrderBy(k => k.CreatedAt).ToListAsync(), CancellationToken.None).GetAwaiter().GetResult();
        Volatile.Write(ref seen, keys.Count);
        return [.. keys.Select(key => XElement.Parse(Encoding.UTF8.GetString(authority.Unwrap(key.Wrapped, BoundTo(key.Id)))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var id = $"{friendlyName}/{Guid.NewGuid():N}";
        var wrapped = authority.Wrap(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), BoundTo(id));
        database.Write(
            async records =>
            {
                // Two nodes that start on an empty database both want to make the first key. A node reads keys once a day: with two of them,
                // neither would know the other's cookies until then. The framework asks again after this, and takes what is there.
                if (await records.Registry.PageKeys.CountAsync() > Volatile.Read(ref seen))
                {
                    await records.Registry.Save(new AuditEvent { Kind = "PageKeyKept" }, CancellationToken.None);
                    return;
                }

                records.Registry.PageKeys.Add(new PageKey { Id = id, Wrapped = wrapped, CreatedAt = time.GetUtcNow() });
                await records.Registry.Save(new AuditEvent { Kind = "PageKeyMade" }, CancellationToken.None);
            },
            CancellationToken.None).GetAwaiter().GetResult();
    }

    private static string BoundTo(string id) => $"page-key/{id}";
}
