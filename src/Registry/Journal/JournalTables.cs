using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.Journal;

internal sealed class OperationsTable : IEntityTypeConfiguration<Operation>
{
    public void Configure(EntityTypeBuilder<Operation> table)
    {
        table.ToTable("operations");
        table.HasKey(o => o.Id);
        table.Property(o => o.State).IsConcurrencyToken();
        table.Property(o => o.Epoch).IsConcurrencyToken();
        table.HasIndex(o => o.Reference).IsUnique();
        table.HasIndex(o => o.SmartcardId, "operations_of_a_smartcard");
        table.HasIndex(o => o.SmartcardId, "one_unfinished_operation_per_smartcard")
            .IsUnique()
            .HasFilter("\"State\" IN ('Open', 'Waiting') AND \"Act\" <> 'Unlock'");
        table.HasIndex(o => o.SmartcardId, "one_unfinished_unlock_per_smartcard")
            .IsUnique()
            .HasFilter("\"State\" IN ('Open', 'Waiting') AND \"Act\" = 'Unlock'");
        table.HasOne<Smartcard>().WithMany().HasForeignKey(o => o.SmartcardId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OperationStepsTable : IEntityTypeConfiguration<OperationStep>
{
    public void Configure(EntityTypeBuilder<OperationStep> table)
    {
        table.ToTable("operation_steps");
        table.HasKey(s => s.Id);
        table.Property(s => s.State).IsConcurrencyToken();
        table.HasIndex(s => new { s.OperationId, s.KeyReference, s.Attempt }).IsUnique();
        table.HasOne<Operation>().WithMany().HasForeignKey(s => s.OperationId).OnDelete(DeleteBehavior.Restrict);
    }
}
