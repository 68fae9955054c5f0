sort-unknown = Sorting by { $sort } is not possible. Possible are: { $allowed }.
    .title = Unknown sort key
period-invalid = The period from { $from } up to and including { $to } cannot be shown. A period does not end before it begins and lasts at most { $longest } days.
    .title = Invalid period
read-models-outdated = The views are being rebuilt after a new release. Please try again in a few minutes.
    .title = Views are being rebuilt
