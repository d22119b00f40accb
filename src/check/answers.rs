//! What rules found, as bytes for the next run: the same rules asked of the same facts find the same.

use serde::{Deserialize, Serialize};

use super::allow::Uses;
use super::cache::{checked, sum};
use super::found::{Found, Origin};
use super::hit::{Hit, Kept, Memory};
use super::run::Ran;
use super::{File, Options, Outcome, Stamp, digest};
use crate::bound::Reason;
use crate::eval::unbound;
use crate::facts::EntryId;
use crate::finding::{
    Brief, Decided, Deviation, Finding, Inputs, Report, RuleCount, Standing, Summary,
};
use crate::language::Language;
use crate::model::Date;
use crate::pack::{self, Fixed, Reader, Writer};
use crate::problem::Severity;
use crate::quantity::Number;
use crate::source::{SourceId, Span};
use crate::value::Value;

/// What answers begin with; the number is that of their format.
const MAGIC: &[u8; 16] = b"planlint found 3";

/// What stands for nothing where a number could be.
const NONE: u32 = u32::MAX;

/// What was asked: of which facts, by which rules and settings, on which day; `None` where only some files are shown, or a rule file
/// could not be read.
#[must_use]
pub fn question(
    stamp: &Stamp,
    rules: &[File],
    settings: Option<&File>,
    options: &Options,
) -> Option<u128> {
    if !options.only.is_empty() || options.read_only || options.issued.is_some() {
        return None;
    }
    let mut asked = Vec::new();
    let mut part = |bytes: &[u8]| {
        asked.extend((bytes.len() as u64).to_le_bytes());
        asked.extend(bytes);
    };
    part(stamp.build.as_bytes());
    for input in &stamp.inputs {
        part(input.path.as_bytes());
        part(&input.digest.to_le_bytes());
    }
    for file in rules.iter().chain(settings) {
        part(file.path.as_bytes());
        part(&digest(file.bytes.as_deref().ok()?).to_le_bytes());
    }
    part(format!("{:?}", options.today).as_bytes());
    Some(digest(&asked))
}

/// A value of a variable that is no number of an entity, of the kinds that tables and lists have.
#[derive(Serialize, Deserialize)]
enum Other {
    Unbound,
    Entry(EntryId),
    Text(String),
    Number(Number),
    Year(i32),
    Date(Date),
}

impl Other {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Entry(id) => Some(Self::Entry(*id)),
            Value::Text(text) => Some(Self::Text(text.clone())),
            Value::Number(number) => Some(Self::Number(*number)),
            Value::Year(year) => Some(Self::Year(*year)),
            Value::Date(date) => Some(Self::Date(*date)),
            other => (*other == unbound()).then_some(Self::Unbound),
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Unbound => unbound(),
            Self::Entry(id) => Value::Entry(id),
            Self::Text(text) => Value::Text(text),
            Self::Number(number) => Value::Number(number),
            Self::Year(year) => Value::Year(year),
            Self::Date(date) => Value::Date(date),
        }
    }
}

/// What a memory has beside its values.
type Beside<O, R> = (Vec<O>, Vec<R>);

/// What is small of the answers.
#[derive(Serialize, Deserialize)]
struct Small {
    inputs: Inputs,
    summary: Summary,
    rules: Vec<RuleCount>,
    context_errors: Vec<String>,
    deviations: Vec<Deviation>,
    coverage: (usize, usize),
    taken: Vec<usize>,
    uses: Uses,
    values: Vec<usize>,
    repeated: Vec<(u32, u32)>,
}

/// A finding of the report and what it is made of.
#[derive(Clone, Copy)]
struct Told(Brief, Origin);

impl Fixed<64> for Told {
    fn put(&self) -> [u8; 64] {
        let Self(brief, origin) = self;
        let verdict = match brief.verdict {
            None => 0,
            Some(Decided::Violated) => 1,
            Some(Decided::Undetermined) => 2,
        };
        let place = brief.place.map_or([NONE, 0, 0], |span| {
            [span.source.number(), span.start, span.end]
        });
        let (hit, problem) = match origin {
            Origin::Problem(number) => ([0; 6], *number),
            Origin::Check(hit) => (hit.words(), NONE),
        };
        let kind = u32::from(brief.severity as u8) | verdict << 8;
        let restates = brief.restates.unwrap_or(NONE);
        let small = [kind, problem, brief.related, restates].into_iter();
        let standing = match brief.standing {
            Standing::Open => [NONE, NONE, 0],
            Standing::Known => [NONE, 0, 0],
            Standing::Allowed(by) => [by.source.number(), by.start, by.end],
        };
        let rest = hit.into_iter().chain(standing);
        pack::words(small.chain(place).chain(rest))
    }

    fn get(bytes: &[u8; 64]) -> Self {
        let word = |at| pack::word(bytes, at);
        let [severity, verdict, ..] = word(0).to_le_bytes();
        let number = |at| Some(word(at)).filter(|number| *number != NONE);
        let brief = Brief {
            severity: match severity {
                0 => Severity::Note,
                1 => Severity::Warning,
                _ => Severity::Error,
            },
            verdict: match verdict {
                0 => None,
                1 => Some(Decided::Violated),
                _ => Some(Decided::Undetermined),
            },
            place: number(4).map(|source| Span {
                source: SourceId::numbered(source),
                start: word(5),
                end: word(6),
            }),
            related: word(2),
            restates: number(3),
            standing: match (number(13), word(14)) {
                (None, NONE) => Standing::Open,
                (None, _) => Standing::Known,
                (Some(source), start) => Standing::Allowed(Span {
                    source: SourceId::numbered(source),
                    start,
                    end: word(15),
                }),
            },
        };
        let hit = || Hit::of_words([word(7), word(8), word(9), word(10), word(11), word(12)]);
        let origin = number(1).map_or_else(|| Origin::Check(hit()), Origin::Problem);
        Self(brief, origin)
    }
}

/// What an earlier run found.
#[derive(Debug)]
pub struct Answers {
    report: Report,
    found: Found,
    memories: Vec<Memory>,
    taken: Vec<usize>,
    uses: Uses,
}

impl Answers {
    /// Reads what was found when the same was asked; `None` where it was not, or the bytes are damaged.
    #[must_use]
    pub fn read(bytes: &[u8], question: u128) -> Option<Self> {
        let (asked, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
        if u128::from_le_bytes(*asked) != question {
            return None;
        }
        let mut from = Reader::new(checked(rest)?);
        let small: Small = from.small()?;
        let told: Vec<Told> = from.column()?.read();
        let restating = from.column()?.read();
        let values: Vec<Kept> = from.column()?.read();
        let beside: Vec<Beside<Other, Box<[Reason]>>> = from.list()?.read()?;
        let mut values = values.as_slice();
        let mut memories = Vec::with_capacity(beside.len());
        for (count, (others, reasons)) in small.values.iter().zip(beside) {
            let (own, rest) = values.split_at_checked(*count)?;
            let others = others.into_iter().map(Other::value).collect();
            memories.push(Memory::of_parts(own.to_vec(), others, reasons));
            values = rest;
        }
        let told = told.into_iter().map(|Told(brief, origin)| (brief, origin));
        let (findings, origins) = told.unzip();
        Some(Self {
            report: Report {
                language: Language::default(),
                inputs: small.inputs,
                summary: small.summary,
                findings,
                rules: small.rules,
                context_errors: small.context_errors,
                deviations: small.deviations,
                comparison: None,
                coverage: small.coverage,
            },
            found: Found {
                origins,
                problems: Vec::new(),
                restating,
                repeated: small.repeated.into_iter().collect(),
            },
            memories,
            taken: small.taken,
            uses: small.uses,
        })
    }

    /// What a run that asks nothing says beside its checks.
    pub(super) fn ran(&self) -> Ran {
        Ran {
            taken: self.taken.clone(),
            costs: Vec::new(),
            uses: self.uses.clone(),
        }
    }

    /// The report and what its findings are made of, those of the problems being told anew.
    pub(super) fn told(
        self,
        language: Language,
        problems: Vec<Finding>,
    ) -> (Report, Found, Vec<Memory>) {
        let report = Report {
            language,
            ..self.report
        };
        let found = Found {
            problems,
            ..self.found
        };
        (report, found, self.memories)
    }
}

impl Outcome {
    /// What this run found, for the next one that asks the same; `None` where it was known, or cannot be kept.
    #[must_use]
    pub fn answers(&self, question: u128) -> Option<Vec<u8>> {
        let basis = self.basis.as_ref().filter(|basis| !basis.known)?;
        let report = &self.report;
        let told = report.findings.iter().zip(&self.found.origins);
        let told: Vec<Told> = told.map(|(brief, origin)| Told(*brief, *origin)).collect();
        let mut values: Vec<&[Kept]> = Vec::new();
        let mut beside: Vec<Beside<Other, &[Reason]>> = Vec::new();
        for memory in &self.memories {
            let (own, others, reasons) = memory.parts();
            let others: Option<Vec<Other>> = others.iter().map(Other::of).collect();
            values.push(own);
            beside.push((others?, reasons));
        }
        let mut body = Writer::default();
        body.small(&Small {
            inputs: report.inputs,
            summary: report.summary,
            rules: report.rules.clone(),
            context_errors: report.context_errors.clone(),
            deviations: report.deviations.clone(),
            coverage: report.coverage,
            taken: basis.taken.clone(),
            uses: basis.uses.clone(),
            values: values.iter().map(|values| values.len()).collect(),
            repeated: self
                .found
                .repeated
                .iter()
                .map(|of| (*of.0, *of.1))
                .collect(),
        });
        body.column(&told);
        body.column(&self.found.restating);
        body.column(&values.concat());
        body.list(&beside);
        let body = body.finish();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(question.to_le_bytes());
        bytes.extend(sum(&body));
        bytes.extend(body);
        Some(bytes)
    }
}
