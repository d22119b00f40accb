//! The plans of a report.

use super::entry::Entry;
use super::scope::Reach;
use super::sheet::SheetRow;
use super::standing::Standing;
use crate::bound::Reason;
use crate::check::{Cells, Counts, Outcome};
use crate::facts::PlanId;
use crate::language::{Language, Said, join};
use crate::model::Date;
use crate::value::{Value, show};

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its region's name.
    pub region: String,
    /// Its region's code.
    pub code: String,
    /// Its region's level, in words.
    pub level: String,
    /// The field it is in.
    pub field: String,
    /// How far it has come, in words.
    pub status: String,
    /// When it was issued, in words.
    pub issued: Option<String>,
    /// Its document number.
    pub number: Option<String>,
    /// The years it covers: `2021—2025`.
    pub period: String,
    /// Whether only part of it is here.
    pub partial: bool,
    /// Its file.
    pub path: String,
    /// The document that its file was made from: its title, the file's name, its SHA-256, when it was fetched.
    pub source: Vec<String>,
    /// Whether the report is about it; if not, others answer to it.
    pub is_reported: bool,
    /// The plans that it answers to, by their places in the report, nearest first.
    pub superiors: Vec<usize>,
    /// How it stands.
    pub standing: Standing,
    /// Its findings, those told under others left out: places in [`entries`](super::Audit::entries), the gravest first.
    pub entries: Vec<usize>,
    /// What could not be decided: places in [`undecided`](super::Audit::undecided).
    pub undecided: Vec<usize>,
    /// What could not be decided and is listed nowhere one by one, for its rule says so.
    pub unlisted: Vec<Unlisted>,
    /// Its figures, row by row as printed.
    pub rows: Vec<SheetRow>,
}

/// Checks of a plan that could not be decided, for one reason.
#[derive(Clone, Debug)]
pub struct Unlisted {
    /// The rule's id.
    pub rule: String,
    /// What the rule finds wrong, in a few words.
    pub title: String,
    /// Why.
    pub reason: String,
    /// How many checks.
    pub count: usize,
}

impl Plan {
    /// Takes a finding in, by its place.
    pub(super) fn take(&mut self, at: usize, entry: &Entry) {
        self.standing.take(entry.severity);
        if !entry.is_told_elsewhere() {
            self.entries.push(at);
        }
    }
}

pub(super) fn all(outcome: &Outcome, reach: &Reach) -> Vec<Plan> {
    let plans = reach.plans.iter();
    let mut plans: Vec<Plan> = plans
        .map(|(plan, is_reported)| one(*plan, *is_reported, outcome, reach))
        .collect();
    let language = outcome.report.language;
    for ((plan, rule, kinds), count) in outcome.cells.iter().flat_map(Cells::unlisted) {
        let plan = plan.and_then(|plan| reach.place(plan));
        let plan = plan.and_then(|plan| plans.get_mut(plan));
        let rule = outcome.rules.rules.get(rule);
        if let Some((plan, rule)) = plan.filter(|plan| plan.is_reported).zip(rule) {
            let reasons: Vec<Said> = kinds
                .into_iter()
                .map(|kind| Reason::new(kind).said())
                .collect();
            plan.unlisted.push(Unlisted {
                rule: rule.id.value.clone(),
                title: rule.title.pattern(language),
                reason: join(&reasons).text(language).to_owned(),
                count,
            });
        }
    }
    plans
}

fn one(id: PlanId, is_reported: bool, outcome: &Outcome, reach: &Reach) -> Plan {
    let (facts, language) = (&outcome.facts, outcome.report.language);
    let plan = facts.plan(id);
    let region = facts.regions.get(plan.region.value);
    let word = |word| show(&Value::Word(word), facts, language);
    let above = facts.superior_plans(id).iter();
    let superiors = above.filter_map(|above| reach.place(*above));
    let day = |date: &Date| language.pick("取自", "fetched ").to_owned() + &said(*date, language);
    let hash = |hash: &String| format!("SHA-256 {hash}");
    let source = plan.source.iter().flat_map(|source| {
        [
            source.title.clone(),
            source.file.clone(),
            source.sha256.as_ref().map(hash),
            source.retrieved.as_ref().map(day),
        ]
    });
    let mut counts = Counts::default();
    if let Some(cells) = outcome.cells.as_ref().filter(|_| is_reported) {
        for rule in 0..outcome.rules.rules.len() {
            counts.add(&cells.of_rule(Some(id), rule));
        }
    }
    Plan {
        id: plan.id.value.clone(),
        title: plan.title.value.clone(),
        region: region.name.clone(),
        code: region.code.to_string(),
        level: word(region.level.word()),
        field: plan.field.value.to_string(),
        status: word(plan.status.value.word()),
        issued: plan
            .issued
            .as_ref()
            .map(|issued| said(issued.value, language)),
        number: plan.number.clone(),
        period: format!("{}—{}", plan.period.value.from, plan.period.value.to),
        partial: plan.partial,
        path: outcome.sources.file(plan.id.span.source).path.clone(),
        source: source.flatten().collect(),
        is_reported,
        superiors: superiors.collect(),
        standing: Standing {
            counts,
            ..Standing::default()
        },
        entries: Vec::new(),
        undecided: Vec::new(),
        unlisted: Vec::new(),
        rows: Vec::new(),
    }
}

/// A day in words: `2026年11月22日`, `22 November 2026`.
#[must_use]
pub fn said(date: Date, language: Language) -> String {
    let Date { year, month, day } = date;
    if language == Language::Chinese {
        let day = day.map_or_else(String::new, |day| format!("{day}日"));
        return format!("{year}年{month}月{day}");
    }
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let at = usize::from(month).saturating_sub(1);
    let name = names.get(at).copied().unwrap_or_default();
    let day = day.map_or_else(String::new, |day| format!("{day} "));
    format!("{day}{name} {year}")
}
