using System.Text;
using Evercard.Lifecycle.Roles;
using Evercard.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Lifecycle.Roles;

/// <summary>Who may do what: the table that comes with the program, and what its reader lets through.</summary>
public sealed class RoleTableTests
{
    private const string Smallest = """
        {"everybody": ["own-card"], "roles": {"R1": "One", "R2": "Two"}, "presets": {"a": {"R1": ["repair"], "R2": []}, "b": {"R1": [], "R2": []}}}
        """;

    [Theory]
    [InlineData(RoleTable.Classic)]
    [InlineData(RoleTable.Current)]
    public void The_table_is_as_agreed(string preset)
    {
        var table = RoleTable.Of(preset);
        var text = new StringBuilder().AppendLine($"{preset,-40}{string.Join(' ', RolePermissions.All.Select(one => one.Name()))}");
        foreach (var (name, code) in table.Roles.Select(role => (role.Name, role.Code)).Append(("Any other role", "R8000")))
        {
            var marks = RolePermissions.All.Select(one => (table.Allows($"S0080:G0450:{code}", one) ? "yes" : "-").PadRight(one.Name().Length));
            text.AppendLine($"{$"{name} ({code})",-40}{string.Join(' ', marks)}".TrimEnd());
        }

        GoldenFile.ShouldHold($"roles-{preset}.txt", text.ToString(), "Lifecycle/Roles");
    }

    [Fact]
    public void Without_a_role_one_may_what_everybody_may()
    {
        var table = RoleTable.Of(RoleTable.Classic);
        RolePermissions.All.Where(one => table.Allows(null, one)).ShouldBe([RolePermission.OwnCard, RolePermission.WhoCan]);
    }

    [Fact]
    public void Only_the_last_part_of_a_role_code_counts()
    {
        var table = RoleTableReader.Read(Smallest, "a");
        table.Allows("S0080:G0450:R1", RolePermission.Repair).ShouldBeTrue();
        table.Allows("R1", RolePermission.Repair).ShouldBeTrue();
        table.Allows("R1:G0450:R2", RolePermission.Repair).ShouldBeFalse();
        table.Allows("S0080:G0450:R11", RolePermission.Repair).ShouldBeFalse();
        table.Allows("", RolePermission.Repair).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"repair\"", "\"repiar\"", "a, R1: there is no permission \"repiar\"")]
    [InlineData("\"repair\"", "\"Repair\"", "there is no permission \"Repair\"")]
    [InlineData("\"repair\"", "7", "there is no permission \"7\"")]
    [InlineData("[\"repair\"]", "[\"repair\", \"repair\"]", "\"repair\" stands there twice")]
    [InlineData("[\"repair\"]", "\"repair\"", "a list of permissions belongs here")]
    [InlineData("\"R2\": []}, \"b\"", "\"R1\": []}, \"b\"", "a: \"R1\" stands there twice")]
    [InlineData("\"R2\": \"Two\"", "\"R1\": \"Two\"", "roles: \"R1\" stands there twice")]
    [InlineData("\"Two\"", "\"One\"", "two roles are called \"One\"")]
    [InlineData("\"Two\"", "\" \"", "the role R2 has no name")]
    [InlineData("\"R2\": \"Two\"", "\"R2:\": \"Two\"", "\"R2:\" is no role code")]
    [InlineData(", \"R2\": []}, \"b\"", "}, \"b\"", "a: the role R2 is missing")]
    [InlineData("\"R2\": []}}}", "\"R3\": []}}}", "b: the role R3 is not under \"roles\"")]
    [InlineData("\"everybody\"", "\"nobody\"", "\"nobody\" has no meaning")]
    [InlineData("\"a\":", "\"c\":", "there is no preset \"a\", only c and b")]
    [InlineData("{\"everybody\"", "\"everybody\"", "is no JSON")]
    public void A_slip_of_the_pen_is_found_and_named(string right, string wrong, string fault)
    {
        Smallest.ShouldContain(right);
        Should.Throw<FormatException>(() => RoleTableReader.Read(Smallest.Replace(right, wrong, StringComparison.Ordinal), "a")).Message.ShouldContain(fault);
    }

    /// <summary>Whatever stands in the file, nobody gets a permission that is not written there under the own code.</summary>
    [Fact]
    public void Nothing_is_allowed_that_is_not_written()
    {
        var written = from bits in Gen.Choose(0, (1 << RolePermissions.All.Count) - 1)
            from other in Gen.Elements("R2", "R1:R2", "", "r1", "R11", "XR1", "R1 ", "R1:", "S0080:G0450:R8000")
            select (Granted: RolePermissions.All.Where((_, i) => (bits >> i & 1) == 1).ToList(), Other: other);
        Prop.ForAll(written.ToArbitrary(), one =>
        {
            var list = string.Join(", ", one.Granted.Select(permission => $"\"{permission.Name()}\""));
            var table = RoleTableReader.Read(Smallest.Replace("\"repair\"", list, StringComparison.Ordinal), "a");
            return RolePermissions.All.All(permission => table.Allows("X:R1", permission) == (permission == RolePermission.OwnCard || one.Granted.Contains(permission))
                && table.Allows(one.Other, permission) == (permission == RolePermission.OwnCard));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>A file that was scribbled on is refused in our words, or reads as a whole table.</summary>
    [Fact]
    public void A_damaged_file_is_refused_in_words() =>
        Prop.ForAll(Gen.Choose(0, Smallest.Length - 1).SelectMany(_ => Gen.Choose(0, 0x17F), (at, c) => (At: at, Written: (char)c)).ToArbitrary(), one =>
        {
            var damaged = Smallest.ToCharArray();
            damaged[one.At] = one.Written;
            try
            {
                return RoleTableReader.Read(new string(damaged), "a").Roles.Count == 2;
            }
            catch (FormatException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
}
