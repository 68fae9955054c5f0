report-board = Bestuursrapportage
    .about = Kerncijfers, resultaat tegenover de begroting, toprisico’s, weerstandsvermogen, kasgeldlimiet en renterisiconorm.
report-annual = Jaarverslag, cijferdeel
    .about = De kengetallen, tabellen en paragrafen die de wet vraagt, en kerncijfers per dienst.
report-business-case = Businesscasemonitor
    .about = Geplande en behaalde besparingen en kosten per jaar, het verschil, opgeteld, en wanneer het is terugverdiend.
report-benchmark = Benchmark
    .about = ICT-kosten per inwoner tegenover het landelijke cijfer, en digitale volwassenheid tegenover het gemiddelde.
