using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.Smartcards;

internal sealed class SmartcardsTable : IEntityTypeConfiguration<Smartcard>
{
    public void Configure(EntityTypeBuilder<Smartcard> table)
    {
        table.ToTable("smartcards");
        table.HasKey(s => s.Id);
        table.Property(s => s.Status).IsConcurrencyToken();
        table.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonUuid).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CredentialsTable : IEntityTypeConfiguration<Credential>
{
    public void Configure(EntityTypeBuilder<Credential> table)
    {
        table.ToTable("credentials");
        table.HasKey(c => c.Id);
        table.Property(c => c.Status).IsConcurrencyToken();
        table.HasIndex(c => c.CertificateSerialNumber).IsUnique();
        table.HasIndex(c => c.SmartcardId, "credentials_of_a_smartcard");
        table.HasIndex(c => new { c.SmartcardId, c.KeyReference }, "one_current_credential_per_key")
            .IsUnique()
            .HasFilter("\"Status\" = 'Current'");
        table.HasOne<Smartcard>().WithMany().HasForeignKey(c => c.SmartcardId).OnDelete(DeleteBehavior.Restrict);
    }
}
