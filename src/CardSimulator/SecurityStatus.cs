namespace Evercard.CardSimulator;

/// <summary>What a card forgets when it loses power: who has proven what since then.</summary>
internal sealed class SecurityStatus
{
    public bool Selected { get; set; }

    public bool PasscodeVerified { get; set; }

    /// <summary>VERIFY was the command directly before: what "PIN Always" asks for.</summary>
    public bool PasscodeFresh { get; set; }

    public bool AdministrationAuthenticated { get; set; }

    /// <summary>Witness of a mutual authentication with 9B that waits for its decryption.</summary>
    public byte[]? Witness { get; set; }

    /// <summary>Challenge of an external authentication with 9B that waits for its encryption.</summary>
    public byte[]? Challenge { get; set; }

    public void ForgetAdministrationExchange() => (Witness, Challenge) = (null, null);

    public void ForgetPasscode() => (PasscodeVerified, PasscodeFresh) = (false, false);

    /// <summary>All proofs are void.</summary>
    public void Clear()
    {
        ForgetPasscode();
        ForgetAdministrationExchange();
        AdministrationAuthenticated = false;
    }

    public void PowerOn()
    {
        Clear();
        Selected = false;
    }
}
