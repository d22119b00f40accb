//! What rules found, as bytes for the next run: the same rules asked of the same facts find the same.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::allow::Uses;
use super::found::{Found, Origin};
use super::hit::Hit;
use super::memory::{Form, Kept, Memory};
use super::related::note;
use super::run::Ran;
use super::{File, Options, Outcome, Stamp, digest};
use crate::bound::Reason;
use crate::eval::unbound;
use crate::facts::EntryId;
use crate::finding::{Brief, Deviation, Finding, Inputs, Report, RuleCount, Summary};
use crate::language::Language;
use crate::model::Date;
use crate::pack::{self, Bytes, Fixed, Reader, Writer};
use crate::quantity::Number;
use crate::source::{SourceId, Span};
use crate::value::Value;

/// What answers begin with; the number is that of their format.
const MAGIC: &[u8; 16] = b"planlint found 5";

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
type Rest<O, R> = (Vec<O>, Vec<Form>, Vec<R>);

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

/// What a finding of the report is made of, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Told(Option<Span>, Origin);

/// The rule of what is no check.
const NO_RULE: u32 = u32::MAX;

impl Fixed<28> for Told {
    fn put(&self) -> [u8; 28] {
        let Self(place, origin) = self;
        let place = place.map_or([NONE, 0, 0], |span| {
            [span.source.number(), span.start, span.end]
        });
        let origin = match origin {
            Origin::Problem(number) => [NO_RULE, *number, 0, 0],
            Origin::Check(hit) => hit.words(),
        };
        pack::words(place.into_iter().chain(origin))
    }

    fn get(bytes: &[u8; 28]) -> Self {
        let word = |at| pack::word(bytes, at);
        let source = Some(word(0)).filter(|source| *source != NONE);
        let place = source.map(|source| Span {
            source: SourceId::numbered(source),
            start: word(1),
            end: word(2),
        });
        let origin = match [word(3), word(4), word(5), word(6)] {
            [NO_RULE, number, ..] => Origin::Problem(number),
            hit => Origin::Check(Hit::of_words(hit)),
        };
        Self(place, origin)
    }
}

/// What an earlier run found.
#[derive(Debug)]
pub struct Answers {
    report: Report,
    told: Vec<Told>,
    found: Found,
    memories: Vec<Memory>,
    taken: Vec<usize>,
    uses: Uses,
}

impl Answers {
    /// Reads what was found when the same was asked; `None` where it was not, or the bytes are damaged.
    #[must_use]
    pub fn read(bytes: &dyn Bytes, question: u128) -> Option<Self> {
        let mut from = Reader::new(bytes, 0);
        let (magic, asked) = (from.take()?, from.take()?);
        if magic != *MAGIC || u128::from_le_bytes(asked) != question {
            return None;
        }
        let small: Small = from.small()?;
        let told: Vec<Told> = from.column()?.read()?;
        let restating = from.column()?.read()?;
        let values: Vec<Kept> = from.column()?.read()?;
        let rest: Vec<Rest<Other, Box<[Reason]>>> = from.list()?.read()?;
        let mut values = values.as_slice();
        let mut memories = Vec::with_capacity(rest.len());
        for (count, (others, forms, reasons)) in small.values.iter().zip(rest) {
            let (own, behind) = values.split_at_checked(*count)?;
            let others = others.into_iter().map(Other::value).collect();
            memories.push(Memory::of_parts(own.to_vec(), others, forms, reasons));
            values = behind;
        }
        Some(Self {
            report: Report {
                language: Language::default(),
                inputs: small.inputs,
                summary: small.summary,
                findings: Vec::new(),
                rules: small.rules,
                context_errors: small.context_errors,
                deviations: small.deviations,
                comparison: None,
                coverage: small.coverage,
            },
            told,
            found: Found {
                origins: Vec::new(),
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
        let briefs = self.told.par_iter();
        let briefs =
            briefs.map(|Told(place, origin)| origin.brief(*place, &self.memories, &problems));
        let mut findings: Vec<Brief> = briefs.collect();
        note(&mut findings, &self.found.restating);
        let report = Report {
            language,
            findings,
            ..self.report
        };
        let origins = self.told.iter().map(|Told(_, origin)| *origin);
        let found = Found {
            origins: origins.collect(),
            problems,
            ..self.found
        };
        (report, found, self.memories)
    }
}

impl Outcome {
    /// What this run found, for the next one that asks the same; `None` where it was known, was compared with what was there
    /// before, or cannot be kept.
    #[must_use]
    pub fn answers(&self, question: u128) -> Option<Vec<u8>> {
        let basis = self.basis.as_ref().filter(|basis| !basis.known)?;
        let report = &self.report;
        if report.comparison.is_some() {
            return None;
        }
        let told = report.findings.iter().zip(&self.found.origins);
        let told = told.map(|(brief, origin)| Told(brief.place, *origin));
        let told: Vec<Told> = told.collect();
        let mut values: Vec<&[Kept]> = Vec::new();
        let mut rest: Vec<Rest<Other, &[Reason]>> = Vec::new();
        for memory in &self.memories {
            let (own, beside) = memory.parts();
            let others: Option<Vec<Other>> = beside.others.iter().map(Other::of).collect();
            values.push(own);
            rest.push((others?, beside.forms, beside.reasons));
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(question.to_le_bytes());
        let mut body = Writer::behind(bytes);
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
        body.list(&rest);
        Some(body.finish())
    }
}
