using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.People;

internal sealed class PeopleTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> table)
    {
        table.ToTable("people");
        table.HasKey(p => p.Uuid);
        table.Property(p => p.Uuid).HasMaxLength(PersonUuid.Length);
        table.Property(p => p.FullName).HasMaxLength(200);
        table.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationCode).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OrganisationsTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> table)
    {
        table.ToTable("organisations");
        table.HasKey(o => o.Code);
        table.Property(o => o.Code).HasMaxLength(OrganisationCode.MaxLength);
        table.Property(o => o.RegistrationAuthorityCode).HasMaxLength(OrganisationCode.MaxLength);
    }
}

internal sealed class RoleProfilesTable : IEntityTypeConfiguration<RoleProfile>
{
    public void Configure(EntityTypeBuilder<RoleProfile> table)
    {
        table.ToTable("role_profiles");
        table.HasKey(r => r.Id);
        table.Property(r => r.Id).HasMaxLength(PersonUuid.Length);
        table.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonUuid).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Organisation>().WithMany().HasForeignKey(r => r.OrganisationCode).OnDelete(DeleteBehavior.Restrict);
    }
}
