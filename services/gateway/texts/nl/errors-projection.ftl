sort-unknown = Sorteren op { $sort } kan niet. Wel mogelijk: { $allowed }.
    .title = Onbekende sortering
period-invalid = De periode van { $from } tot en met { $to } kan niet worden getoond. Een periode eindigt niet voor haar begin en duurt hooguit { $longest } dagen.
    .title = Ongeldige periode
read-models-outdated = De overzichten worden opnieuw opgebouwd na een nieuwe versie. Probeer het over enkele minuten opnieuw.
    .title = Overzichten worden opgebouwd
