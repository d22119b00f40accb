//! A made-up report: findings of every standing and verdict about texts that no format may be broken by.

use planlint::finding::{
    Brief, Comparison, Decided, Deviation, Finding, Findings, Fingerprint, Fix, Fixed, Label,
    Report, RuleCount, RuleInfo, Standing, Subject, Summary,
};
use planlint::language::Language;
use planlint::problem::Severity;
use planlint::source::{SourceId, Sources, Span};

/// Texts that formats have to escape.
pub(crate) const HOSTILE: &[&str] = &[
    "\"双引号\" 'single' ‘弯’ `反引号`",
    "]]> <![CDATA[ & &amp; <b>粗</b> <!-- -->",
    "第一行\n第二行\r\n第三行\r末\t行",
    "甲|乙 \\| 丙",
    "𠮷😀👨‍👩‍👧 e\u{301}",
    "\u{1}\u{8}\u{b}\u{7f}\u{85}\u{2028}\u{fffe}\u{ffff}",
    "100%25 %0A a%2C",
    "file=a,line=1::error b::",
    "**粗** _斜_ ~~删~~ [链](1) ![图](x) {0} {{1}} $x$ <https://a.b>",
    "=1+1",
    "+1",
    "-2+3|cmd",
    "-5.0%",
    "@SUM(A1)",
    "＝1＋1",
    "- 项",
    "# 题",
    "1. 项",
    "===",
    "---",
    "> 引",
    "    缩进",
    "结尾反斜杠\\",
];

/// A report and its findings.
pub(crate) struct Made {
    pub report: Report,
    pub sources: Sources,
    pub findings: Vec<Finding>,
    rules: Vec<RuleInfo>,
}

impl Findings for Made {
    fn get(&self, at: usize) -> Option<Finding> {
        self.findings.get(at).cloned()
    }

    fn code(&self, at: usize) -> Option<&str> {
        Some(&self.findings.get(at)?.code)
    }

    fn rules(&self) -> Vec<RuleInfo> {
        self.rules.clone()
    }
}

/// A file whose lines are being written.
struct Written {
    text: String,
    spans: Vec<std::ops::Range<usize>>,
}

impl Written {
    /// Every value on a line of its own behind characters that encodings measure differently.
    fn new(values: &[String]) -> Self {
        let mut written = Self {
            text: String::new(),
            spans: Vec::new(),
        };
        for value in values {
            written.text.push_str("𠮷é 指标 = \"");
            let start = written.text.len();
            written.text.push_str(value);
            written.spans.push(start..written.text.len());
            written.text.push_str("\"\n");
        }
        written
    }

    fn span(&self, of: SourceId, at: usize) -> Span {
        Span::new(of, self.spans[at].clone())
    }
}

impl Made {
    /// A finding of each standing and verdict about each text.
    pub fn new(texts: &[String], language: Language) -> Self {
        let states = states();
        let values: Vec<String> = texts
            .iter()
            .flat_map(|text| vec![text.clone(); states.len()])
            .collect();
        let mut sources = Sources::default();
        let file = Written::new(&values);
        let plan = sources.add("plans/甲 乙,丙:丁%#?&'.plan.toml", file.text.clone());
        let above = sources.add("plans/superior.plan.toml", file.text.clone());
        let settings = sources.add("planlint.toml", "[[allow]]\nrule = \"a/first\"\n");
        let allows = [
            (Span::new(settings, 0..9), "本级口径|不同\n[[x]](1)"),
            (
                Span::new(plan, 0..file.text.len().min(9)),
                "依据 *新* 统计 <制度>",
            ),
        ];
        let mut findings: Vec<Finding> = Vec::new();
        for (number, value) in values.iter().enumerate() {
            let (verdict, severity, standing) = states[number % states.len()];
            let standing = match standing {
                0 => Standing::Open,
                1 => Standing::Known,
                allow => Standing::Allowed(allows[allow - 2].0),
            };
            let labels = [(plan, value.as_str()), (above, "上级")].map(|(of, message)| Label {
                span: file.span(of, number),
                message: message.to_owned(),
            });
            let fix = Fix {
                title: value.clone(),
                span: file.span(plan, number),
                replacement: value.clone(),
            };
            findings.push(Finding {
                severity,
                verdict,
                standing,
                labels: labels.to_vec(),
                fixes: vec![fix],
                ..about(number, value, verdict)
            });
        }
        let report = report(&findings, &allows, language);
        let rules = rules(texts);
        Self {
            report,
            sources,
            findings,
            rules,
        }
    }
}

/// What a finding says of a text, without its places.
fn about(number: usize, value: &str, verdict: Option<Decided>) -> Finding {
    let undecided = verdict == Some(Decided::Undetermined);
    Finding {
        code: code(verdict, number).to_owned(),
        severity: Severity::Note,
        verdict,
        message: format!("{number} {value}"),
        help: Some(value.to_owned()),
        reason: undecided.then(|| value.to_owned()),
        url: String::new(),
        fingerprint: Fingerprint(number as u64 + 1),
        fixes: Vec::new(),
        subject: Subject {
            plan: Some(value.to_owned()),
            region: Some("540300".to_owned()),
            indicator: Some("life_expectancy".to_owned()),
            year: Some(2025),
        },
        labels: Vec::new(),
        related: Vec::new(),
        restates: None,
        standing: Standing::Open,
    }
}

type State = (Option<Decided>, Severity, usize);

/// What findings can be: verdict, severity, and the standing by number (open, known, allowed by settings or a plan).
fn states() -> [State; 9] {
    let (violated, undecided) = (Some(Decided::Violated), Some(Decided::Undetermined));
    [
        (violated, Severity::Error, 0),
        (violated, Severity::Warning, 0),
        (violated, Severity::Note, 0),
        (undecided, Severity::Note, 0),
        (undecided, Severity::Warning, 0),
        (violated, Severity::Error, 1),
        (violated, Severity::Error, 2),
        (violated, Severity::Warning, 3),
        (None, Severity::Error, 0),
    ]
}

fn code(verdict: Option<Decided>, number: usize) -> &'static str {
    match verdict {
        None if number.is_multiple_of(2) => "input/syntax",
        None => "allow/expired",
        Some(_) if number.is_multiple_of(2) => "a/first",
        Some(_) => "甲/第二条",
    }
}

fn report(findings: &[Finding], allows: &[(Span, &str)], language: Language) -> Report {
    let briefs = findings.iter().map(|finding| Brief {
        severity: finding.severity,
        verdict: finding.verdict,
        place: finding.labels.first().map(|label| label.span),
        related: 0,
        restates: None,
        standing: finding.standing,
    });
    let deviations = allows.iter().map(|(place, reason)| Deviation {
        rule: "a/first".to_owned(),
        reason: (*reason).to_owned(),
        issuer: Some("某|局".to_owned()),
        number: Some("〔2024〕1号".to_owned()),
        until: Some("2025-12-31".to_owned()),
        value: None,
        place: *place,
        findings: 1,
    });
    let ids = ["a/first", "a/silent", "甲/第二条"];
    let mut report = Report {
        language,
        findings: briefs.collect(),
        rules: ids
            .map(|rule| RuleCount {
                rule: rule.to_owned(),
                ..RuleCount::default()
            })
            .to_vec(),
        deviations: deviations.collect(),
        comparison: Some(Comparison {
            against: "基线_*<1>.json".to_owned(),
            new: 1,
            known: 1,
            fixed: vec![Fixed {
                rule: "a/first".to_owned(),
                plan: Some("p|q".to_owned()),
                indicator: None,
                year: Some(2025),
                fingerprint: Fingerprint(0),
                message: Some("已*改*".to_owned()),
            }],
        }),
        coverage: (2, 3),
        ..Report::default()
    };
    report.summary = Summary {
        input_errors: findings.iter().filter(|of| of.is_incomplete()).count(),
        ..summary(&report.findings)
    };
    report
}

fn summary(findings: &[Brief]) -> Summary {
    let count = |wanted: &dyn Fn(&Brief) -> bool| findings.iter().filter(|of| wanted(of)).count();
    let counted = |severity| count(&|of| of.counts() && of.severity == severity);
    let decided = |verdict| {
        let is_it = |of: &Brief| of.standing == Standing::Open && of.verdict == Some(verdict);
        count(&is_it)
    };
    let (violated, undetermined) = (decided(Decided::Violated), decided(Decided::Undetermined));
    Summary {
        checks: 1 + violated + undetermined,
        holds: 1,
        violated,
        undetermined,
        errors: counted(Severity::Error),
        warnings: counted(Severity::Warning),
        notes: counted(Severity::Note),
        allowed: count(&|of| matches!(of.standing, Standing::Allowed(_))),
        baselined: count(&|of| of.standing == Standing::Known),
        ..Summary::default()
    }
}

fn rules(texts: &[String]) -> Vec<RuleInfo> {
    let info = |id: &str, text: &str| RuleInfo {
        id: id.to_owned(),
        title: format!("标题 {text}"),
        help: format!("{text}{}\n\n下一段", "长{[](".repeat(400)),
        severity: Severity::Warning,
        tags: (0..60).map(|tag| (tag / 2).to_string()).collect(),
    };
    let ids = [
        "a/first",
        "a/silent",
        "甲/第二条",
        "input/syntax",
        "allow/expired",
    ];
    let texts = texts.iter().map(String::as_str).chain([""]).cycle();
    ids.into_iter()
        .zip(texts)
        .map(|(id, text)| info(id, text))
        .collect()
}
