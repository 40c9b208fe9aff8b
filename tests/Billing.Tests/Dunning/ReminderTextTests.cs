using Association.Billing.Deliveries.Letters;
using Association.Billing.Dunning.Letters;
using Association.Billing.Dunning.Wordings;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Dunning;

public sealed class ReminderTextTests : DunnedOffice
{
    private static readonly ReminderWording Edited = new(
        "Relance amicale",
        "{Nom}, votre cotisation manque encore.\n\nNos projets en vivent :",
        "Merci de virer {Montant} jusqu’au {DateLimite}, dont {Frais} de frais.",
        "Le secrétariat"
    );

    [Fact]
    public async Task a_run_writes_the_edited_text_of_its_level_and_language_and_the_products_everywhere_else()
    {
        await SetRulesAsync();
        var (french, german) = (Member("anna", "fr"), Member("bernd"));
        await BillAsync(120, french, german);
        (await KeepAsync(DunningLevel.First, "fr", Edited, 0)).ShouldBeTrue();
        Day(3, 1);
        await RemindAsync();
        Day(3, 22);
        await RemindAsync();

        var letters = await Office.ReadAsync<string>("select string_agg(number, ' ' order by sequence) from billing.letter where kind = 'reminder'");
        letters.ShouldBe("MA-1 MA-2 MA-3 MA-4");
        var texts = new Dictionary<string, string>();
        foreach (var number in letters!.Split(' '))
            texts[number] = await TextOfAsync(number);
        var first = texts.Values.Single(t => t.Contains("Relance amicale", StringComparison.Ordinal));
        first.ShouldContain("votre cotisation manque encore.");
        first.ShouldContain("125,00 € jusqu’au 05/04/2027, dont 5,00 € de frais.");
        first.ShouldContain("Le secrétariat");
        first.ShouldNotContain("1re relance");
        first.ShouldNotContain("valable sans signature");
        texts.Values.Count(t => t.Contains("Rappel de paiement", StringComparison.Ordinal)).ShouldBe(1, "the level before it");
        texts.Values.Count(t => t.Contains("1. Mahnung", StringComparison.Ordinal)).ShouldBe(1, "the other language");
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task every_save_is_a_version_by_who_saved_it_and_the_way_back_is_one_too()
    {
        (await KeepAsync(DunningLevel.First, "fr", Edited, 0)).ShouldBeTrue();
        (await KeepAsync(DunningLevel.First, "fr", Edited with { Closing = " Le secrétariat \r\n" }, 1)).ShouldBeFalse("the same words");
        (await KeepAsync(DunningLevel.First, "fr", Edited with { Closing = "" }, 1)).ShouldBeTrue();
        (await KeepAsync(DunningLevel.First, "fr", null, 2)).ShouldBeTrue();
        (await KeepAsync(DunningLevel.First, "fr", null, 3)).ShouldBeFalse("it is the product's already");
        (await Should.ThrowAsync<ConcurrentEditException>(KeepAsync(DunningLevel.First, "fr", Edited, 1))).Message.ShouldContain("Fassung 3");

        var versions = await Office.As().Bus.QueryAsync(new ReadReminderText(DunningLevel.First, "fr"));
        versions
            .Select(v => (v.Version, v.Wording.Subject, v.Wording.Closing, v.Edited is null))
            .ShouldBe([
                (3, "1re relance", "Ce courrier a été établi automatiquement et est valable sans signature.", true),
                (2, "Relance amicale", "", false),
                (1, "Relance amicale", "Le secrétariat", false),
            ]);
        versions.ShouldAllBe(v => v.SavedBy!.Length > 0 && v.SavedAt != null);
        var all = await Office.As().Bus.QueryAsync(new ListReminderTexts());
        all.Select(t => t.Language).ShouldBe(["de", "fr", "en", "de", "fr", "en", "de", "fr", "en"]);
        all.ShouldAllBe(t => t.Edited == null);
        foreach (
            var change in new[] { "update billing.reminder_text set subject = 'x'", "delete from billing.reminder_text", "truncate billing.reminder_text" }
        )
            (await Should.ThrowAsync<PostgresException>(Office.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task of_two_who_save_at_once_one_is_told()
    {
        var saves = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async n =>
                {
                    try
                    {
                        return await KeepAsync(DunningLevel.Second, "de", Own("de") with { Subject = $"Letzte Mahnung {n}" }, 0);
                    }
                    catch (ConcurrentEditException)
                    {
                        return false;
                    }
                })
        );
        saves.Count(kept => kept).ShouldBe(1);
    }

    [Theory]
    [InlineData("Subject", "Mahnung {Betrg}", "Zeile 1, Zeichen 9", "„Betrag“")]
    [InlineData("Introduction", "Guten Tag,\n\nan {IBAN}", "Zeile 3, Zeichen 4", "„IBAN“")]
    [InlineData("Introduction", "Offen {Betrag", "Zeile 1, Zeichen 7", "Klammer")]
    [InlineData("Request", "Bitte {Betrag} bis {ZahlbarBiss}.", "Zeile 1, Zeichen 20", "„ZahlbarBis“")]
    [InlineData("Request", "Bitte zahlen Sie {Betrag}.", "{ZahlbarBis}", "bis wann")]
    [InlineData("Request", "Bitte zahlen Sie bis {ZahlbarBis}.", "{Betrag}", "wie viel")]
    [InlineData("Request", "", "Aufforderung", "fehlt")]
    [InlineData("Subject", "", "Betreff", "fehlt")]
    [InlineData("Subject", "Zwei\nZeilen", "Steuerzeichen", "")]
    [InlineData("Subject", "Mahnung \u200b", "Wording.Subject", "die man nicht sieht")]
    [InlineData("Introduction", "Kommt \u202e zurück", "Wording.Introduction", "die man nicht sieht")]
    [InlineData("Introduction", "催促", "催促", "lateinisch")]
    public async Task what_cannot_be_printed_is_refused_with_what_is_wrong_and_where(string part, string text, string place, string said)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(KeepAsync(DunningLevel.First, "de", With(part, text), 0));
        refused.Message.ShouldContain(place);
        refused.Message.ShouldContain(said);
        refused.Problems.ShouldAllBe(p => p.Field.EndsWith(part));
        (await Office.ReadAsync<long>("select count(*) from billing.reminder_text")).ShouldBe(0);
    }

    [Theory]
    [InlineData("Subject", 201)]
    [InlineData("Introduction", 2001)]
    public async Task what_is_too_long_is_refused(string part, int length) =>
        (await Should.ThrowAsync<ProblemsException>(KeepAsync(DunningLevel.First, "de", With(part, new string('x', length)), 0)))
            .Problems.ShouldHaveSingleItem()
            .Text.ShouldContain($"{length}");

    [Theory]
    [InlineData(4, "de")]
    [InlineData(2, "es")]
    [InlineData(2, "DE")]
    public async Task a_level_or_language_that_there_is_not_is_refused(int level, string language)
    {
        (await Should.ThrowAsync<ProblemsException>(KeepAsync((DunningLevel)level, language, Own("de"), 0))).Problems.ShouldHaveSingleItem();
        await Should.ThrowAsync<ProblemsException>(Office.As().Bus.QueryAsync(new PreviewReminderText((DunningLevel)level, language)));
    }

    [Fact]
    public async Task the_preview_is_the_letter_of_an_invented_member_and_keeps_nothing()
    {
        await SetRulesAsync();
        var text = Flat(await PdfText.OfAsync(await Office.As().Bus.QueryAsync(new PreviewReminderText(DunningLevel.First, "fr", Edited)), "preview"));

        text.ShouldContain("Muster gGmbH, votre cotisation manque encore.");
        text.ShouldContain("255,00");
        text.ShouldContain("dont 5,00 € de frais");
        (await Office.ReadAsync<long>("select count(*) from billing.reminder_text")).ShouldBe(0);
        Flat(await PdfText.OfAsync(await Office.As().Bus.QueryAsync(new PreviewReminderText(DunningLevel.Second, "en")), "own"))
            .ShouldContain("the board decides how to proceed");
        await Should.ThrowAsync<ProblemsException>(
            Office.As().Bus.QueryAsync(new PreviewReminderText(DunningLevel.First, "fr", Edited with { Request = "Payez" }))
        );
    }

    [Fact]
    public void the_products_own_texts_keep_the_rules_that_it_asks_of_others_and_hostile_names_stand_as_they_are()
    {
        foreach (var level in Enum.GetValues<DunningLevel>())
        foreach (var language in ReminderWording.Languages)
        {
            var own = ReminderWording.Own(level, language);
            foreach (var (_, part) in own.Parts)
                ReminderFields.All.Check(part, ReminderWording.LongestText, language).ShouldBeEmpty();
            ReminderFields.All.Read(own.Request).Fields.ShouldBe([ReminderField.Amount, ReminderField.PayBy]);
            ReminderFields.All.Read(own.Introduction).Fields.ShouldBe([ReminderField.Name]);
        }
        ReminderFields.All.Paragraphs("{Name}", _ => "{Betrag} <b>").ShouldBe(["{Betrag} <b>"]);
    }

    private Task<bool> KeepAsync(DunningLevel level, string language, ReminderWording? wording, int version) =>
        Office.InvokeAsync<bool>(new KeepReminderText(level, language, wording, version));

    private async Task<string> TextOfAsync(string letter) =>
        Flat(await PdfText.OfAsync((await Office.As().Bus.QueryAsync(new ReadLetterDocument(letter))).ShouldNotBeNull().ToArray(), letter));

    // A letter breaks its lines where they are full.
    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static ReminderWording Own(string language) => ReminderWording.Own(DunningLevel.First, language);

    private static ReminderWording With(string part, string text) =>
        part switch
        {
            "Subject" => Own("de") with { Subject = text },
            "Introduction" => Own("de") with { Introduction = text },
            "Request" => Own("de") with { Request = text },
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };
}
