using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>Which instruction is answered by which command (SP 800-73-5 part 2, table 2).</summary>
internal static class CommandTable
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        var process = Find(command.Ins, card.Image.Model.YubicoCompatible);
        if (process is null)
        {
            return ResponseApdu.Of(card.Image.Model.Quirks.UnknownInstructionIsIncorrectParameters
                ? StatusWord.IncorrectParameters
                : StatusWord.InstructionNotSupported);
        }

        if (!card.Status.Selected && command.Ins != PivInstruction.Select)
        {
            return ResponseApdu.Of(command.Ins == PivInstruction.GetData
                ? StatusWord.FileNotFound
                : StatusWord.SecurityStatusNotSatisfied);
        }

        return process(card, command);
    }

    private static Func<PivCard, CommandApdu, ResponseApdu>? Find(byte instruction, bool yubico) => instruction switch
    {
        PivInstruction.Select => Select.Process,
        PivInstruction.GetData => GetData.Process,
        PivInstruction.PutData => PutData.Process,
        PivInstruction.Verify => Verify.Process,
        PivInstruction.ChangeReferenceData => ChangeReferenceData.Process,
        PivInstruction.ResetRetryCounter => ResetRetryCounter.Process,
        PivInstruction.GenerateAsymmetricKeyPair => GenerateAsymmetricKeyPair.Process,
        PivInstruction.GeneralAuthenticate => GeneralAuthenticate.Process,
        PivInstruction.GetMetadata when yubico => GetMetadata.Process,
        PivInstruction.GetSerial when yubico => VendorIdentity.Serial,
        PivInstruction.GetVersion when yubico => VendorIdentity.Version,
        PivInstruction.SetManagementKey when yubico => SetManagementKey.Process,
        _ => null,
    };
}
