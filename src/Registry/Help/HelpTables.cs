using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.Help;

internal sealed class ArticleAnswersTable : IEntityTypeConfiguration<ArticleAnswer>
{
    public void Configure(EntityTypeBuilder<ArticleAnswer> table)
    {
        table.ToTable("article_answers");
        table.HasKey(a => a.Id);
        table.Property(a => a.Article).HasMaxLength(100);
        table.Property(a => a.Line).HasMaxLength(ArticleAnswer.LongestLine);
        table.HasIndex(a => a.Article);
    }
}

internal sealed class ServiceNoticesTable : IEntityTypeConfiguration<ServiceNotice>
{
    public void Configure(EntityTypeBuilder<ServiceNotice> table)
    {
        table.ToTable("service_notices");
        table.HasKey(n => n.Id);
        table.Property(n => n.Id).ValueGeneratedNever();
        table.Property(n => n.Text).HasMaxLength(ServiceNotice.LongestText);
        table.Property(n => n.EndsAt).IsConcurrencyToken();
    }
}
