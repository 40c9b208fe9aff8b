#!/usr/bin/env python3
"""Writes the sample lists beside it. All names, addresses and accounts are invented. Needs Python alone."""
import pathlib
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent


def letter(column):
    return chr(65 + column) if column < 26 else letter(column // 26 - 1) + letter(column % 26)


def cell(row, column, value):
    place = f'{letter(column)}{row}'
    if value is None or value == '':
        return ''
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, tuple):  # a day number with a date format
        return f'<c r="{place}" s="1"><v>{value[0]}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(rows):
    body = ''.join(f'<row r="{n}">{"".join(cell(n, c, v) for c, v in enumerate(values))}</row>' for n, values in enumerate(rows, 1) if values)
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'


def workbook(name, sheets):
    def put(archive, path, text):
        info = zipfile.ZipInfo(path, (2026, 10, 15, 12, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)

    kinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    parts = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
    with zipfile.ZipFile(HERE / name, 'w') as archive:
        put(archive, '[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{parts}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{parts}.styles+xml"/>'
            + ''.join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{parts}.worksheet+xml"/>' for n in range(1, len(sheets) + 1)) + '</Types>')
        put(archive, '_rels/.rels', f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        put(archive, 'xl/workbook.xml', f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{kinds}"><sheets>'
            + ''.join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, (title, _) in enumerate(sheets, 1)) + '</sheets></workbook>')
        put(archive, 'xl/_rels/workbook.xml.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + ''.join(f'<Relationship Id="rId{n}" Type="{kinds}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))
            + f'<Relationship Id="rId{len(sheets) + 1}" Type="{kinds}/styles" Target="styles.xml"/></Relationships>')
        put(archive, 'xl/styles.xml', '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
            '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
        for n, (_, rows) in enumerate(sheets, 1):
            put(archive, f'xl/worksheets/sheet{n}.xml', sheet(rows))


def iban(bank, account, country='DE'):
    body = f'{bank}{account}'
    digits = ''.join(str(int(c, 36)) for c in body + country + '00')
    return f'{country}{98 - int(digits) % 97:02d}{body}'


BANK = '59050101'


def grouped(text):
    return ' '.join(text[i:i + 4] for i in range(0, len(text), 4))


def german():
    head = ['Mitgl.-Nr.', 'Name / Firma', 'Kategorie', 'Straße', 'PLZ', 'Ort', 'Land', 'Betten', 'Beschäftigte', 'Einwohner', 'Eintritt', 'Austritt zum', 'Beitrag 2026', 'IBAN', 'Mandatsref.', 'Mandat vom',
            'Ansprechpartner', 'Funktion', 'E-Mail', 'Telefon', 'Leitweg-ID', 'Bemerkung']
    rows = [
        ['Mitgliederliste – Stand 15.10.2026'], [], head,
        [2001, 'Waldkrankenhaus Lebach gGmbH', 'Krankenhausträger', 'Am Waldrand 3', '66822', 'Lebach', 'D', 640, '', '', (39083,), '', '5.200,00 €', iban(BANK, '0000200100'), 'B-2001', '01.02.2013', 'Ingrid Molter / Paul Zeyer (Vertr.)', 'Geschäftsführung', 'i.molter@example.org', '06881 5550-0', '', ''],
        [2002, 'Klinik am Bliesbogen GmbH', 'Krankenhausträger', 'Uferweg 12', 66440, 'Blieskastel', 'D', 210, '', '', '14.03.2011', '', 1500, '', '', '', 'Ralf Demmer', 'Verwaltung', 'r.demmer@example.org', '', '', 'Rechnung an Träger'],
        [2003, 'Tagesklinik Homburg e. V.', 'Krankenhausträger', 'Talstr. 40', '66424', 'Homburg', 'D', '', '', '', '2018', '', '900,00 EUR', '', '', '', 'Heike Sauer', '', 'k.A.', '06841 555012', '', ''],
        [2004, 'Bliestaler Krankenkasse', 'Krankenkasse', 'Kassenplatz 1', '66538', 'Neunkirchen', 'D', '', 180, '', '01.01.2009', '', '2.775,00 €', grouped(iban(BANK, '0000200400')), 'B-2004', '01.02.2013', 'Stefan Laux', 'Buchhaltung', 's.laux@example.org', '', '', ''],
        [2005, 'Pflegedienst Sonnenhang gGmbH', 'Pflegeverband', 'Sonnenhang 8', '66606', 'St. Wendel', 'D', '', 64, '', '06.08.14', '', 350, iban(BANK, '0000200500'), 'B-2005', '2014-09-01', 'Maria Wirth', 'Leitung', 'm.wirth(at)example.org', '', '', ''],
        [2006, 'Rettungsverein Oberes Bliestal e. V.', 'Rettungsverband', 'Wachstr. 5', '66663', 'Merzig', 'D', '', '1.250', '', 'Mai 2014', '', '620,00 €', '', '', '', 'Uwe Klein und Tanja Groh', 'Vorstand', 'vorstand@example.org', '', '', 'bitte KEINE Post!'],
        [2007, 'Linden-Apotheke', 'Apotheke', 'Lindenstr. 2', '66333', 'Völklingen', 'D', '', '', '', '1.2.19', '', '€ 120,-', iban(BANK, '0000200700')[:-1] + '9', 'B-2007', '01.03.2019', 'Eva Lorang', '', 'e.lorang@example.org', '', '', ''],
        [2008, 'Praxis Dres. Kiefer / Lang', 'Arztpraxis', 'Bergstr. 17', '66740', 'Saarlouis', 'D', '', '', '', (43586,), '', 120, '', '', '', 'Dr. Jana Kiefer', '', 'praxis@example.org', '', '', 'zahlt immer per Überweisung'],
        [],
        [2009, 'Feinwerk Medizintechnik GmbH', 'Unternehmen', 'Gewerbepark 9', '66822', 'Lebach', 'D', '', 49, '', '01/10/2016', '', '450,00 €', iban(BANK, '0000200900'), 'B-2009', '01.11.2016', 'Oliver Brand', 'Geschäftsführung', 'o.brand@example.org', '', '', 'Beitrag ermäßigt lt. Vorstand'],
        [2010, 'Software-Haus Saarblick AG', 'Unternehmen', 'Hafenstr. 77', '66111', 'Saarbrücken', 'D', '', 250, '', '15.11.2023', '', 1900, '', '', '', 'Nina Dahm', '', 'n.dahm@example.org', '', '', ''],
        [2011, 'Labor Moselle SARL', 'Unternehmen', '12, rue des Jardins', '57600', 'Forbach', 'F', '', 9, '', '01.07.2020', '', 250, '', '', '', 'Claire Meyer', '', 'c.meyer@example.org', '', '', ''],
        [2012, 'Hochschule Bliesland', 'Forschung & Lehre', 'Campusallee 1', '66117', 'Saarbrücken', 'D', '', '', '', '01.10.2012', '', 500, '', '', '', 'Prof. Dr. Lars Hein', '', 'l.hein@example.org', '', '', ''],
        [2013, 'Stadt Blieskastel', 'Kommune', 'Rathausplatz 1', '66440', 'Blieskastel', 'D', '', '', 20650, '01.01.2008', '', '1.073,80 €', '', '', '', 'Petra Risch', 'Kämmerei', 'p.risch@example.org', '', '04011000-1234512345-06', ''],
        [2014, 'Gemeinde Waldhölzbach', 'Kommune', 'Dorfstr. 4', '66679', 'Losheim', 'D', '', '', 'ca. 900', '01.01.2015', '', 250, '', '', '', 'Karl Reuter', '', '', '', '', ''],
        [2015, 'Ministerium für Gesundheit', 'Ministerium', 'Franz-Josef-Röder-Str. 23', '66119', 'Saarbrücken', 'D', '', '', '', '01.01.2010', '', 600, '', '', '', 'Anne Schiffler', '', 'a.schiffler@example.org', '', '', ''],
        [2016, 'Hürter, Katrin', 'Privatperson', 'Kirchgasse 6', '66538', 'Neunkirchen', 'D', '', '', '', '03.05.2021', '', 60, iban(BANK, '0000201600'), 'B-2016', '01.06.2021', '', '', 'k.huerter@example.org', '', '', ''],
        [2017, 'Thull, Hans', 'Privatperson', 'Am Markt 3', '66740', 'Saarlouis', 'D', '', '', '', '01.01.2016', '31.12.2026', 60, '', '', '', '', '', '', '', '', ''],
        [2018, 'Feinwerk Medizin-Technik', 'Unternehmen', 'Gewerbe-Park 9', '66822', 'Lebach', 'D', '', 49, '', '01.10.2016', '', '450,00 €', iban(BANK, '0000200900'), '', '', 'Oliver Brand', '', '', '', '', ''],
        [],
        ['', 'Summe', '', '', '', '', '', '', '', '', '', '', '17.398,80 €'],
    ]
    workbook('mitglieder-klein.xlsx', [('Mitglieder', rows), ('Notizen', [['Beitragsordnung liegt im Ordner „Satzung“.']])])


def english():
    rows = [
        ['Postcode and town', 'Company name', 'Street address', 'Member type', 'Member no.', 'Staff', 'Beds', 'Dues 2026', 'Joined', 'Contact person', 'Email address', 'Bank account', 'Mandate ID', 'Mandate signed', 'Country', 'Remarks'],
        ['66822 Lebach', 'Forest Hospital Lebach', 'Am Waldrand 3', 'Hospital', 'E-1', '', 320, '3,500.00', '14/03/2011', 'Grace Miller', 'g.miller@example.org', '', '', '', 'Germany', ''],
        ['66424 Homburg', 'Lion Pharmacy', 'Talstr. 40', 'Pharmacy', 'E-2', '', '', 120, 'March 3, 2017', 'Tom Reed', 't.reed@example.org', iban(BANK, '0000300200'), 'E-2', '2017-04-01', 'Germany', 'no post'],
        ['L-1526 Luxembourg', 'Duchy Devices', '9, rue de la Gare', 'Company', 'E-3', 130, '', '950.00 EUR', (42005,), 'Marc Weber; Lise Klein', 'm.weber@example.org', '', '', '', 'Luxembourg', ''],
        ['66111 Saarbrücken', 'Ney, Petra', 'Hafenstr. 5', 'Private person', 'E-4', '', '', 60, '2019', '', '', '', '', '', 'Germany', ''],
        ['', 'Total', '', '', '', '', '', '4,630.00'],
    ]
    workbook('members-english.xlsx', [('Members', rows)])


def french():
    lines = [
        ['N° adhérent', 'Raison sociale', 'Catégorie', 'Adresse', 'Courriel', 'Tél.', 'Date d’adhésion', 'Cotisation 2026 (€)', 'Nombre de lits', 'Effectif', 'Interlocuteur', 'Remarques'],
        ['F-1', 'Hôpital du Warndt', 'Établissement hospitalier', '3, rue du Bois, 57600 Forbach, France', 'contact@example.org', '03 87 55 00 00', '1er mars 2015', '1 500,00 €', '180', '', 'Claire Meyer / Paul Muller (suppl.)', ''],
        ['F-2', 'Pharmacie des Lilas', 'Pharmacie', '8, place du Marché, 57000 Metz, France', 'lilas(at)example.org', '', '12/06/2018', '120', '', '', 'Anne Roth', 'pas de courrier'],
        ['F-3', 'Mécanique médicale SAS', 'Entreprise', '14, rue des Forges, L-4002 Esch-sur-Alzette, Luxembourg', 'meca@example.org', '', '2020-02-01', '950,00', '', '120', 'Luc Petit', 'paie toujours par virement'],
        ['F-4', 'Petit, Zoé', 'Particulier', '2, impasse du Moulin, 57600 Forbach, France', 'z.petit@example.org', '', '31/02/2021', '60,00', '', '', '', ''],
        ['', 'Total', '', '', '', '', '', '2 630,00', '', '', '', ''],
    ]
    text = '\r\n'.join(';'.join(f'"{v}"' if ';' in v else v for v in line) for line in lines) + '\r\n'
    (HERE / 'membres.csv').write_bytes(text.encode('utf-8-sig'))


if __name__ == '__main__':
    german()
    english()
    french()
