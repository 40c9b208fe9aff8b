using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Association.Membership.Import.Mapping;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Reading;

/// <summary>What the words above a column mean, in German, French and English, abbreviated or not.</summary>
internal static partial class HeaderWords
{
    private const int Longest = 80;

    private static readonly Dictionary<string, MemberField> Known = Build(
        (
            MemberField.Number,
            "mitgliedsnummer, mitgliedsnr, kdnr, mitgliednr, mitgliednummer, mitglnr, mitgnr, mgnr, mnr, mglnr, nr, nummer, lfdmitgliedsnr, kundennr, "
                + "kundennummer, debitor, debitorennr, id, mitgliedsid, no, number, memberno, membernr, membernumber, memberid, membershipno, "
                + "membershipnumber, membershipid, ref, numero, n, nadherent, noadherent, numeroadherent, numerodadherent, nmembre, nomembre, "
                + "numerodemembre, numeromembre, ndadherent, nodadherent, numadherent, nummembre"
        ),
        (
            MemberField.Name,
            "name, namen, namefirma, firmaname, firma, firmen, firmenname, organisation, organization, organisationname, organisationsname, nameorganisation, "
                + "mitglied, mitgliedname, mitgliedsname, namedesmitglieds, namedesmitgliedes, einrichtung, institution, unternehmen, bezeichnung, "
                + "traeger, verein, nameeinrichtung, company, companyname, member, membername, fullname, organisationperson, nameorganization, nom, "
                + "nomraisonsociale, raisonsociale, nomdeladherent, adherent, membre, organisme, societe, denomination, nomorganisation, entreprise, "
                + "etablissement, nomcomplet, nometprenom, nomprenom, vollername, namevorname, nachnamevorname"
        ),
        (MemberField.LastName, "nachname, familienname, zuname, lastname, surname, familyname, nomdefamille"),
        (MemberField.FirstName, "vorname, vornamen, rufname, firstname, givenname, forename, prenom, prenoms"),
        (
            MemberField.Category,
            "kategorie, mitgliedskategorie, beitragskategorie, art, mitgliedsart, artdesmitglieds, typ, mitgliedstyp, gruppe, mitgliedsgruppe, "
                + "beitragsgruppe, beitragsklasse, klasse, sparte, branche, organisationsart, rechtsform, category, membercategory, "
                + "membershipcategory, type, membertype, membershiptype, kind, class, group, sector, categorie, categoriedadherent, categoriedemembre, "
                + "typedemembre, typedadherent, typeadherent, groupe, college, secteur"
        ),
        (
            MemberField.Street,
            "strasse, strassehausnr, strassehausnummer, strasseundhausnummer, strassenr, strasseundnr, strassenummer, anschrift1, adresse1, "
                + "street, streetaddress, streetandnumber, streetno, addressline1, address1, rue, rueetnumero, numeroetrue, voie, nruelieudit"
        ),
        (MemberField.PostalCode, "plz, postleitzahl, postlz, zip, zipcode, postcode, postalcode, cp, codepostal, codepost, npa"),
        (MemberField.Town, "ort, orte, ortschaft, stadt, wohnort, sitz, ortsname, city, town, place, ville, localite, commune, lieu"),
        (
            MemberField.PostalCodeAndTown,
            "plzort, plzundort, plzwohnort, plzstadt, postleitzahlort, postleitzahlundort, ortplz, zipcity, ziptown, zipcodecity, zipandcity, "
                + "postcodetown, postcodecity, postcodeandtown, postcodeandcity, postalcodecity, postalcodetown, postalcodeandcity, postalcodeandtown, "
                + "citypostcode, townpostcode, cpville, codepostalville, codepostaletville, villecp"
        ),
        (
            MemberField.Address,
            "anschrift, adresse, postanschrift, postadresse, vollstaendigeanschrift, address, fulladdress, postaladdress, mailingaddress, "
                + "adressepostale, adressecomplete"
        ),
        (MemberField.Country, "land, staat, laendercode, lkz, laenderkennzeichen, country, countrycode, pays, codepays"),
        (
            MemberField.Beds,
            "betten, planbetten, bettenzahl, anzahlbetten, anzahlplanbetten, zahlderbetten, bettenplan, beds, bedcount, numberofbeds, noofbeds, "
                + "plannedbeds, hospitalbeds, licensedbeds, lits, nombredelits, nblits, nbrelits, nbdelits, litsautorises"
        ),
        (
            MemberField.Employees,
            "mitarbeiter, mitarbeitende, mitarbeiterzahl, anzahlmitarbeiter, anzahlmitarbeitende, beschaeftigte, beschaeftigtenzahl, "
                + "anzahlbeschaeftigte, ma, anzahlma, mazahl, maanzahl, personal, arbeitnehmer, mitarbeiterinnen, angestellte, employees, "
                + "employeecount, numberofemployees, noofemployees, staff, staffcount, headcount, workforce, fte, effectif, effectifs, salaries, "
                + "nombredesalaries, nbsalaries, nbredesalaries, nbdesalaries, employes, nombredemployes, nbemployes"
        ),
        (
            MemberField.Inhabitants,
            "einwohner, einwohnerzahl, anzahleinwohner, ew, einwohnerinnen, bevoelkerung, inhabitants, numberofinhabitants, noofinhabitants, "
                + "population, residents, habitants, nombredhabitants, nbhabitants, nbredhabitants, nbdhabitants"
        ),
        (
            MemberField.Measure,
            "bemessung, bemessungsgrundlage, bemessungsgroesse, groesse, anzahl, basis, beitragsgrundlage, kennzahl, size, units, "
                + "assessmentbase, basisvalue, assiette, base, taille, basedecalcul, basedecotisation"
        ),
        (
            MemberField.JoinedOn,
            "eintritt, eintrittsdatum, eintrittam, eintrittzum, datumeintritt, beitritt, beitrittsdatum, beitrittam, mitgliedseit, seit, "
                + "beigetreten, beigetretenam, eingetreten, eingetretenam, mitgliedschaftseit, mitgliedschaftab, mitgliedschaftsbeginn, beginn, "
                + "beginnmitgliedschaft, beginndermitgliedschaft, admitted, admittedon, admission, dateadmission, datedadmission, inscription, "
                + "dateinscription, datedinscription, adherele, inscritle, mitgliedab, dabeiseit, aufnahme, aufnahmedatum, aufgenommenam, joined, joinedon, joindate, joiningdate, datejoined, dateofjoining, "
                + "dateofentry, entry, entrydate, membersince, since, memberfrom, startdate, adhesion, dateadhesion, datedadhesion, adherentdepuis, "
                + "membredepuis, depuis, entree, dateentree, datedentree"
        ),
        (
            MemberField.LeftOn,
            "austritt, austrittzum, austrittsdatum, austrittam, datumaustritt, ende, mitgliedschaftsende, endedermitgliedschaft, mitgliedbis, "
                + "bis, ausgetreten, ausgetretenam, ausgetretenzum, gekuendigtzum, kuendigungzum, kuendigung, left, lefton, leftdate, dateleft, "
                + "leaving, leavingdate, dateofleaving, dateofexit, exit, exitdate, memberuntil, enddate, resigned, resignedon, resignation, sortie, "
                + "datesortie, datedesortie, depart, datededepart, demission, datedemission, datededemission, membrejusqua, findadhesion"
        ),
        (
            MemberField.NoticeReceivedOn,
            "kuendigungeingegangen, kuendigungeingegangenam, kuendigungvom, kuendigungerhalten, eingangkuendigung, eingangderkuendigung, "
                + "gekuendigtam, noticereceived, noticereceivedon, noticedate, preavisrecu, preavisrecule, demissionrecuele"
        ),
        (
            MemberField.PriorDues,
            "beitrag, jahresbeitrag, mitgliedsbeitrag, vorjahresbeitrag, beitragvorjahr, beitraginhoehe, beitraginsgesamt, sollbeitrag, "
                + "beitragsoll, beitragssoll, beitragshoehe, dues, annualdues, membershipdues, membershipfee, annualfee, fee, duesamount, priordues, "
                + "lastyearsdues, contribution, cotisation, cotisationannuelle, montantcotisation, montantdelacotisation, montant"
        ),
        (
            MemberField.Iban,
            "iban, ibannr, ibannummer, bankverbindung, kontoverbindung, kto, ktonr, konto, kontonummer, bankkonto, bankaccount, account, accountnumber, "
                + "bankdetails, compte, comptebancaire, coordonneesbancaires, rib"
        ),
        (
            MemberField.MandateReference,
            "mandat, mandatsref, mandatsreferenz, mandatref, mandatreferenz, mandatsnr, mandatsnummer, mandatnr, mandatsreferenznummer, "
                + "sepamandat, sepamandatsreferenz, mandate, mandateref, mandatereference, mandateid, mandateno, sepamandate, sepamandatereference, "
                + "referencemandat, referencedumandat, refmandat, refdumandat, rum, mandatsepa, umr"
        ),
        (
            MemberField.MandateSignedOn,
            "mandatvom, mandatsdatum, mandatdatum, datummandat, datumdesmandats, mandatunterschriebenam, mandaterteiltam, unterschriftsdatum, "
                + "sepamandatvom, mandatam, mandatedate, mandatesigned, mandatesignedon, dateofmandate, mandateof, datemandat, datedumandat, "
                + "datedemandat, mandatdu, mandatsignele, signaturemandat, datedesignature, datesignaturemandat"
        ),
        (
            MemberField.PaymentRoute,
            "zahlungsart, zahlungsweise, zahlweise, zahlart, zahlungsweg, bezahlart, zahlungsmethode, paymentmethod, paymenttype, payment, "
                + "paymentroute, modedepaiement, moyendepaiement, paiement, modedereglement, reglement"
        ),
        (
            MemberField.Contact,
            "ansprechpartner, ansprechpartnerin, ansprechperson, ansprechpartnerinnen, kontakt, kontaktperson, kontakte, ap, zuhaenden, zhd, "
                + "zhdvon, vertreter, ansprechpartnername, contact, contacts, contactperson, contactname, maincontact, attention, attn, "
                + "personnedecontact, personneacontacter, contactprincipal, interlocuteur, correspondant, nomducontact, alattentionde"
        ),
        (
            MemberField.Deputy,
            "stellvertretung, stellvertreter, stellvertreterin, vertretung, stv, ansprechpartner2, kontakt2, zweiteransprechpartner, deputy, "
                + "deputycontact, secondcontact, contact2, suppleant, adjoint, remplacant, deuxiemecontact"
        ),
        (
            MemberField.ContactFunction,
            "funktion, position, rolle, stellung, funktionansprechpartner, function, role, jobtitle, title, fonction, poste, qualite"
        ),
        (
            MemberField.Email,
            "email, emailadresse, mail, mailadresse, emailaddress, emails, elektronischepost, courriel, adressecourriel, adresseemail, "
                + "adressemail, mel, adresseelectronique, courrielelectronique"
        ),
        (
            MemberField.Phone,
            "telefon, mobil, handy, mobiltelefon, mobilnummer, mobilnr, handynummer, handynr, mobile, portable, tel, telefonnr, telefonnummer, telnr, fon, rufnummer, festnetz, telefonmobil, telefonfestnetz, phone, phoneno, "
                + "phonenumber, telephone, telephonenumber, telno, tphone, ntelephone, numerodetelephone, telephonefixe, notelephone"
        ),
        (
            MemberField.BuyerReference,
            "leitwegid, leitweg, leitwegidentifikation, leitwegnummer, kassenzeichen, bestellnummer, bestellnr, auftragsnummer, buyerreference, "
                + "routingid, purchaseorder, ponumber, purchaseordernumber, referenceacheteur, referenceclient, numerodecommande, ndecommande, "
                + "bondecommande"
        ),
        (MemberField.Language, "sprache, korrespondenzsprache, language, lang, preferredlanguage, langue, languedecorrespondance"),
        (
            MemberField.Remark,
            "bemerkung, bemerkungen, notiz, notizen, anmerkung, anmerkungen, hinweis, hinweise, kommentar, kommentare, info, sonstiges, vermerk, "
                + "vermerke, zusatz, bem, remark, remarks, note, notes, comment, comments, memo, remarque, remarques, commentaire, commentaires, "
                + "observation, observations, divers"
        )
    );

    private static readonly CutWords Cut = new(Known);

    // A number of the line is no number of the member.
    private static readonly HashSet<string> OfLines =
    [
        .. "lfd lfdnr laufendenr laufendenummer zeile zeilennr zeilennummer pos posnr positionsnr line lineno rownumber row ligne rang".Split(' '),
    ];

    /// <summary>Whether a column counts the lines of its list.</summary>
    public static bool CountsLines(string header) => OfLines.Contains(Key(header));

    /// <summary>The fields between which the words above a column leave the choice; empty when they name one, or none.</summary>
    public static IReadOnlyList<MemberField> Doubtful(string header) => Find(header) is null && Loosely(header) is { Count: > 1 } several ? several : [];

    /// <summary>The field that a header names, and the year in it; null when the words are not known, or can mean several.</summary>
    public static (MemberField Field, int? Year)? Find(string header)
    {
        if (string.IsNullOrWhiteSpace(header) || header.Length > Longest)
            return null;
        int? year = Digits().Matches(header).FirstOrDefault(IsYear) is { } match ? int.Parse(match.Value, CultureInfo.InvariantCulture) : null;
        foreach (var words in Variants(header))
            if (Known.TryGetValue(Key(words), out var field))
                return (field, field == MemberField.PriorDues ? year : null);
        return Loosely(header) is [var only] ? (only, only == MemberField.PriorDues ? year : null) : null;
    }

    private static IReadOnlyList<MemberField> Loosely(string header)
    {
        if (string.IsNullOrWhiteSpace(header) || header.Length > Longest || CountsLines(header))
            return [];
        var withoutYear = WithoutYear(header, " ");
        var fields = Cut.Fields(PlainText.Fold(Units().Replace(WithoutYear(ReferenceDate().Replace(Brackets().Replace(header, " "), " "), " "), " ")));
        return fields.Count > 1 && withoutYear != header && fields.Contains(MemberField.PriorDues) ? [MemberField.PriorDues] : fields; // only dues have a year
    }

    /// <summary>The words with another text for each year in them: „Beitrag 2026“, „FY2026“.</summary>
    public static string WithoutYear(string header, string instead) => Digits().Replace(header, digits => IsYear(digits) ? instead : digits.Value);

    /// <summary>Lower case letters and digits only; umlauts and accents as a keyboard without them writes them.</summary>
    public static string Key(string words)
    {
        var key = new StringBuilder(words.Length);
        foreach (var letter in PlainText.Fold(words))
            if (char.IsAsciiLetterOrDigit(letter))
                key.Append(letter);
        return key.ToString();
    }

    // From the most to the least literal: with everything, without what stands in brackets, without the year, the unit and the reference date.
    private static IEnumerable<string> Variants(string header)
    {
        yield return header;
        var bare = Brackets().Replace(header, " ");
        yield return bare;
        bare = Units().Replace(WithoutYear(ReferenceDate().Replace(bare, " "), " "), " ");
        yield return bare;
        if (bare.IndexOfAny(['/', ',', ';', '\n']) is var cut and > 0)
            yield return bare[..cut];
    }

    private static Dictionary<string, MemberField> Build(params (MemberField Field, string Words)[] entries)
    {
        var known = new Dictionary<string, MemberField>(StringComparer.Ordinal);
        foreach (var (field, words) in entries)
        foreach (var word in words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            known.TryAdd(word, field);
        return known;
    }

    private static bool IsYear(Match digits) => digits.Value is { Length: 4 } and (['1', '9', ..] or ['2', '0', ..]);

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\([^)]*\)|\[[^\]]*\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"€|\b(in|en)?\s*(eur|euro|euros)\b|\*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Units();

    [GeneratedRegex(
        @"\b(stand|per|zum|am|as of|au)?\s*[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2,4})?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex ReferenceDate();
}
