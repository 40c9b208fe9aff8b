using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;

namespace Association.Billing.Deliveries;

/// <summary>A document that goes by mail.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="File">The archived bytes.</param>
/// <param name="Attempt">Which attempt this is.</param>
/// <param name="Number">As printed.</param>
/// <param name="Kind">What it is.</param>
/// <param name="FileName">As attached; empty when nobody is shown it.</param>
internal sealed record MailedDocument(Guid Id, Guid File, int Attempt, string Number, DocumentKind Kind, string FileName = "");

/// <summary>Who gets a mail.</summary>
/// <param name="Account">Whose documents.</param>
/// <param name="Name">The first line of the address.</param>
/// <param name="Email">Where it goes.</param>
/// <param name="Language">Which it speaks: <c>de</c>, <c>fr</c>, <c>en</c>.</param>
internal sealed record MailRecipient(Guid Account, string Name, string Email, string Language);

/// <summary>Subject and text of the mail that brings documents. It says their numbers and nothing else of what stands in them: a mail is read by more people
/// than the one it is for.</summary>
internal sealed record DeliveryMail(string Subject, string Text)
{
    public static DeliveryMail Write(string language, IReadOnlyList<MailedDocument> documents, AssociationProfile association)
    {
        var say = LetterLanguage.Of(language, typeof(DeliveryMailTexts));
        var named = documents.Select(d => say["Document." + d.Kind, d.Number]).ToList();
        return new DeliveryMail(
            documents.Count == 1 ? say["Subject.Single", named[0], association.Name] : say["Subject.Many", new Count(documents.Count), association.Name],
            string.Join(
                "\n\n",
                [
                    say["Salutation"],
                    documents.Count == 1
                        ? say[documents[0].Kind.IsLetter() ? "Body.Letter" : "Body.Single", named[0]]
                        : say["Body.Many"] + "\n" + string.Join('\n', named.Select(n => "- " + n)),
                    say["Questions", association.Email],
                    say["Greeting"],
                    association.Signature(),
                ]
            )
        );
    }
}
