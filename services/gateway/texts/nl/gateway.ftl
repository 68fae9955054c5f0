problem-title = Verzoek geweigerd
problem-unknown = Het verzoek is geweigerd ({ $slug }).
problems-heading = Foutmeldingen

## Wat er aan één veld mankeert

rule-other = Ongeldige waarde ({ $rule }).
rule-missing = Dit veld is verplicht.
rule-extra-forbidden = Dit veld bestaat niet.
rule-string-type = Dit moet tekst zijn.
rule-string-too-short =
    { $min_length ->
        [one] Vul dit veld in.
       *[other] Gebruik ten minste { $min_length } tekens.
    }
rule-string-too-long = Gebruik hoogstens { $max_length } tekens.
rule-string-pattern-mismatch = Dit voldoet niet aan de vorm { $pattern }.
rule-int-type = Dit moet een geheel getal zijn.
rule-int-parsing = Dit moet een geheel getal zijn.
rule-int-from-float = Dit moet een geheel getal zijn.
rule-float-parsing = Dit moet een getal zijn.
rule-decimal-type = Dit moet een getal zijn.
rule-decimal-parsing = Dit moet een getal zijn.
rule-decimal-max-digits = Gebruik hoogstens { $max_digits } cijfers.
rule-decimal-max-places = Gebruik hoogstens { $decimal_places } cijfers achter de komma.
rule-bool-type = Dit moet waar of onwaar zijn.
rule-bool-parsing = Dit moet waar of onwaar zijn.
rule-greater-than = Dit moet groter zijn dan { $gt }.
rule-greater-than-equal = Dit moet ten minste { $ge } zijn.
rule-less-than = Dit moet kleiner zijn dan { $lt }.
rule-less-than-equal = Dit mag hoogstens { $le } zijn.
rule-literal-error = Kies uit { $expected }.
rule-enum = Kies uit { $expected }.
rule-date-type = Dit moet een datum zijn (JJJJ-MM-DD).
rule-date-parsing = Dit moet een datum zijn (JJJJ-MM-DD).
rule-date-from-datetime-parsing = Dit moet een datum zijn (JJJJ-MM-DD).
rule-date-from-datetime-inexact = Dit moet een datum zonder tijd zijn (JJJJ-MM-DD).
rule-datetime-parsing = Dit moet een tijdstip zijn (RFC 3339).
rule-datetime-from-date-parsing = Dit moet een tijdstip zijn (RFC 3339).
rule-timezone-aware = Geef de tijdzone bij het tijdstip.
rule-time-parsing = Dit moet een tijd zijn (UU:MM).
rule-list-type = Dit moet een lijst zijn.
rule-tuple-type = Dit moet een lijst zijn.
rule-too-short = Geef er ten minste { $min_length }.
rule-too-long = Geef er hoogstens { $max_length }.
rule-dict-type = Dit moet een object zijn.
rule-model-type = Dit moet een object zijn.
rule-model-attributes-type = Dit moet een object zijn.
rule-value-error = Deze waarde kan niet: { $error }.
rule-nul-character = Het teken NUL kan hier niet staan.
rule-string-unicode = Dit is geen geldige tekst.
