//! `.planlint/shown`: what the last check wrote to standard output, for the next one that is asked of the same files in the
//! same way: a glance at the files is all it takes.

use planlint::check::{Options, Stamp, digest, question};
use serde::{Deserialize, Serialize};

use crate::files::Located;
use crate::gate::Verdict;

/// What the file begins with; the number is that of its format.
const MAGIC: &[u8; 16] = b"planlint shown 1";

/// The most that is kept, in bytes: a text of the gravest findings, not the list of all.
pub(crate) const MOST: usize = 1 << 20;

/// What a check came to.
#[derive(Serialize, Deserialize)]
pub(crate) struct Page {
    /// What it wrote.
    pub text: String,
    code: u8,
    told: Vec<String>,
}

impl Page {
    pub fn new(text: String, Verdict { code, told }: Verdict) -> Self {
        Self { text, code, told }
    }

    /// What is told beside it.
    pub fn verdict(self) -> Verdict {
        let Self { code, told, .. } = self;
        Verdict { code, told }
    }
}

/// A page, and of what it was made.
#[derive(Serialize, Deserialize)]
struct Shown<S> {
    stamp: S,
    asked: u128,
    page: Page,
}

/// In which way what was asked: the call, and how its text may look.
pub(crate) fn asked(question: u128, way: &str) -> u128 {
    let mut bytes = question.to_le_bytes().to_vec();
    bytes.extend(way.as_bytes());
    digest(&bytes)
}

/// As the bytes of its file; `None` where they cannot be written.
pub(crate) fn pack(stamp: &Stamp, asked: u128, page: Page) -> Option<Vec<u8>> {
    let body = postcard::to_stdvec(&Shown { stamp, asked, page }).ok()?;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(digest(&body).to_le_bytes());
    bytes.extend(body);
    Some(bytes)
}

/// The page of a call, where all files surely are as they were when it was made; `None` else, and where it is damaged.
pub(crate) fn unpack(
    bytes: &[u8],
    now: &Stamp,
    (found, options): (&Located, &Options),
    way: &str,
) -> Option<Page> {
    let (sum, body) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
    if u128::from_le_bytes(*sum) != digest(body) {
        return None;
    }
    let shown: Shown<Stamp> = postcard::from_bytes(body).ok()?;
    let stamp = &shown.stamp;
    let mut both = stamp.inputs.iter().zip(&now.inputs);
    let same = stamp.build == now.build
        && stamp.inputs.len() == now.inputs.len()
        && both.all(|(known, now)| {
            known.path == now.path && stamp.settles(known, now.size, now.modified)
        });
    same.then_some(())?;
    let (rules, settings) = found.listed.measures();
    let question = question(stamp, &rules, settings.as_ref(), options)?;
    (asked(question, way) == shown.asked).then_some(shown.page)
}
