report-board = Board report
    .about = Key figures, result against budget, top risks, resilience, cash limit and interest-risk norm.
report-annual = Annual report, figures part
    .about = The ratios, tables and paragraphs that the law asks for, and key figures per service.
report-business-case = Business case monitor
    .about = Savings and costs as planned and as realised per year, the variance, cumulative, and the payback.
report-benchmark = Benchmark
    .about = ICT cost per resident against the national figure, and digital maturity against the average.
