using System.Security.Cryptography;

namespace Evercard.Tests.Authority;

public sealed class WrappingTests(AuthorityFolder authority) : IClassFixture<AuthorityFolder>
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 24).Select(i => (byte)i)];

    [Fact]
    public void A_wrapped_secret_comes_back_for_what_it_was_bound_to()
    {
        var wrapped = authority.Authority.Wrap(Secret, "card/9B");

        authority.Authority.Unwrap(wrapped, "card/9B").ShouldBe(Secret);
        wrapped.AsSpan().IndexOf(Secret).ShouldBe(-1);
    }

    [Fact]
    public void Bound_to_something_else_it_stays_wrapped()
    {
        var wrapped = authority.Authority.Wrap(Secret, "card/9B");

        Should.Throw<CryptographicException>(() => authority.Authority.Unwrap(wrapped, "card/PUK"));
        Should.Throw<CryptographicException>(() => authority.Authority.Unwrap(wrapped, "another card/9B"));
    }

    [Fact]
    public void A_changed_or_shortened_wrapping_is_refused()
    {
        var wrapped = authority.Authority.Wrap(Secret, "card/9B");
        foreach (var position in new[] { 0, 1, 2, 3, 200, wrapped.Length - 40, wrapped.Length - 1 })
        {
            var changed = wrapped.ToArray();
            changed[position] ^= 0x01;
            Should.Throw<CryptographicException>(() => authority.Authority.Unwrap(changed, "card/9B"));
        }

        for (var length = 0; length < wrapped.Length; length += 29)
            Should.Throw<CryptographicException>(() => authority.Authority.Unwrap(wrapped.AsSpan(0, length), "card/9B"));
    }

    [Fact]
    public void The_same_secret_never_looks_the_same_twice() =>
        authority.Authority.Wrap(Secret, "card/9B").ShouldNotBe(authority.Authority.Wrap(Secret, "card/9B"));
}
