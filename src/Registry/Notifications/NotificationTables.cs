using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.Notifications;

internal sealed class NotificationsTable : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> table)
    {
        table.ToTable("notifications");
        table.HasKey(n => n.Id);
        table.Property(n => n.Act).HasMaxLength(40);
        table.Property(n => n.Address).HasMaxLength(Notification.LongestAddress);
        table.Property(n => n.Subject).HasMaxLength(200);
        table.Property(n => n.Summary).HasMaxLength(Notification.LongestSummary);
        table.Property(n => n.Body).HasMaxLength(Notification.LongestBody);
        table.Property(n => n.Tries).IsConcurrencyToken();
        table.Property(n => n.AlarmRaisedAt).IsConcurrencyToken();
        table.HasIndex(n => n.AlarmDigest);
        table.HasIndex(n => n.NextTryAt, "notifications_to_be_sent").HasFilter("\"Body\" IS NOT NULL");
        table.HasOne<Smartcard>().WithMany().HasForeignKey(n => n.SmartcardId).OnDelete(DeleteBehavior.Restrict);
    }
}
