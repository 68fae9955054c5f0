problem-title = Request refused
problem-unknown = The request was refused ({ $slug }).
problems-heading = Problems

## What is wrong with one field

rule-other = Invalid value ({ $rule }).
rule-missing = This field is required.
rule-extra-forbidden = There is no such field.
rule-string-type = This must be text.
rule-string-too-short =
    { $min_length ->
        [one] Fill this in.
       *[other] Use at least { $min_length } characters.
    }
rule-string-too-long = Use at most { $max_length } characters.
rule-string-pattern-mismatch = This does not have the form { $pattern }.
rule-int-type = This must be a whole number.
rule-int-parsing = This must be a whole number.
rule-int-from-float = This must be a whole number.
rule-float-parsing = This must be a number.
rule-decimal-type = This must be a number.
rule-decimal-parsing = This must be a number.
rule-decimal-max-digits = Use at most { $max_digits } digits.
rule-decimal-max-places = Use at most { $decimal_places } decimals.
rule-bool-type = This must be true or false.
rule-bool-parsing = This must be true or false.
rule-greater-than = This must be greater than { $gt }.
rule-greater-than-equal = This must be at least { $ge }.
rule-less-than = This must be less than { $lt }.
rule-less-than-equal = This must be at most { $le }.
rule-literal-error = Choose from { $expected }.
rule-enum = Choose from { $expected }.
rule-date-type = This must be a date (YYYY-MM-DD).
rule-date-parsing = This must be a date (YYYY-MM-DD).
rule-date-from-datetime-parsing = This must be a date (YYYY-MM-DD).
rule-date-from-datetime-inexact = This must be a date without a time (YYYY-MM-DD).
rule-datetime-parsing = This must be a moment (RFC 3339).
rule-datetime-from-date-parsing = This must be a moment (RFC 3339).
rule-timezone-aware = Give the moment its time zone.
rule-time-parsing = This must be a time (HH:MM).
rule-list-type = This must be a list.
rule-tuple-type = This must be a list.
rule-too-short = Give at least { $min_length }.
rule-too-long = Give at most { $max_length }.
rule-dict-type = This must be an object.
rule-model-type = This must be an object.
rule-model-attributes-type = This must be an object.
rule-value-error = This value cannot be: { $error }.
rule-nul-character = The character NUL cannot stand here.
rule-string-unicode = This is not valid text.
