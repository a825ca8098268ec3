namespace Evercard.Lifecycle.AtDesk;

/// <summary>How the operator knew that the person is the cardholder.</summary>
public enum IdentityEvidence
{
    /// <summary>The photograph on the profile shows the person.</summary>
    Photograph,
    Passport,
    DrivingLicence,
    NationalIdentityCard,
    OtherPhotoId,

    /// <summary>The operator is not sure: nothing is done.</summary>
    Unsure,
}
