//! `planlint report`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use planlint::audit::{self, Audit, Request, Scope};
use planlint::check::{Options, check};
use planlint::language::{Language, Said};
use planlint::model::Date;
use planlint::render::{self, PAPERS, Paper};

use crate::{Failure, atomic, clock, files, progress, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint report -o report.html\n  planlint report --region 540100 --format docx -o lhasa.docx\n  planlint report --date 2026-11-22 --format markdown\n  planlint report --verify report.html"
)]
pub(crate) struct Arguments {
    /// 规划库、规划文件夹或规划文件 a repository, a folder of plans or plan files
    pub paths: Vec<PathBuf>,
    /// 报告的格式 [默认看 -o 的文件名，否则为 html] the report's format [default: by the name of -o, else html]
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(PAPERS.iter().map(|paper| paper.name)))]
    format: Option<String>,
    /// 写入文件 write into this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 只报告一个地区的规划及其上级目标 only the plans of this region, and what binds them
    #[arg(long, value_name = "CODE", conflicts_with = "plan")]
    region: Option<String>,
    /// 只报告一部规划及其上级目标 only this plan, and what binds it
    #[arg(long, value_name = "ID")]
    plan: Option<String>,
    /// 报告的日期 [默认 SOURCE_DATE_EPOCH 或今天] the report's day [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    #[expect(clippy::doc_markdown, reason = "help shows the text as it stands")]
    date: Option<String>,
    /// 复核一份报告：重新计算输入的 SHA-256 和全部问题 check a report again: the hashes of its inputs and all its findings
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "output", "region", "plan", "date"])]
    verify: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    if let Some(report) = &arguments.verify {
        return verify(report, &arguments.paths, language);
    }
    let paper = paper(arguments, language)?;
    let date = date(arguments.date.as_deref(), language)?;
    let scope = match (&arguments.region, &arguments.plan) {
        (Some(region), _) => Scope::Region(region.clone()),
        (None, Some(plan)) => Scope::Plan(plan.clone()),
        (None, None) => Scope::All,
    };
    let found = files::find(&arguments.paths, language)?;
    let only = found.only.clone();
    let audit = audited(&found, (date, scope, only), language);
    let audit = audit.map_err(|error| error.text(language).to_owned())?;
    let write = |out: &mut dyn std::io::Write| (paper.write)(&audit, out);
    match arguments
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"))
    {
        Some(path) => {
            atomic::write(path, write).map_err(|error| format!("{}: {error}", path.display()))?;
            terminal::print(&render::written(&audit, &files::shown(path)))?;
        }
        None => terminal::write(write)?,
    }
    Ok(0)
}

/// The format that is asked for, or that the file's name ends in.
fn paper(arguments: &Arguments, language: Language) -> Result<&'static Paper, Failure> {
    let by_id = |name: &str| PAPERS.iter().find(|paper| paper.name == name);
    let asked = arguments.format.as_deref().and_then(by_id);
    let extension = arguments.output.as_ref().and_then(|path| path.extension());
    let ending =
        |paper: &&Paper| extension.is_some_and(|end| end.eq_ignore_ascii_case(paper.ending));
    let by_name = PAPERS.iter().find(ending);
    match (asked.or(by_name), extension, PAPERS.first()) {
        (Some(paper), ..) => Ok(paper),
        (None, None, Some(first)) => Ok(first),
        (None, extension, _) => {
            let extension = extension.unwrap_or_default().display();
            let names: Vec<&str> = PAPERS.iter().map(|paper| paper.name).collect();
            let names = names.join(language.pick("、", ", "));
            Err(language.pick(
                format!("从 .{extension} 看不出格式：请加 --format（{names}）"),
                format!("no format is known by .{extension}: add --format ({names})"),
            ))
        }
    }
}

/// The report of a repository; the reason where there is nothing to report on.
fn audited(
    found: &files::Located,
    (date, scope, only): (Date, Scope, Vec<String>),
    language: Language,
) -> Result<Audit, Said> {
    let repository = found.listed.load();
    let request = Request {
        date,
        scope,
        only,
        inputs: audit::inputs(&repository),
    };
    let options = Options {
        language,
        today: Some(date),
        cells: true,
        clock: Some(clock::elapsed),
        progress: progress::watch(language),
        ..Options::default()
    };
    let outcome = check(repository, &options);
    progress::end();
    let audit = audit::audit(&outcome, &request);
    // The process ends soon: taking the facts apart would only keep the user waiting.
    std::mem::forget(outcome);
    audit
}

/// The day that is asked for, else that of `SOURCE_DATE_EPOCH`, else today.
fn date(asked: Option<&str>, language: Language) -> Result<Date, Failure> {
    if let Some(asked) = asked {
        return clock::day(asked).ok_or_else(|| {
            language.pick(
                format!("--date {asked} 不是日期：请写作 2026-11-22"),
                format!("--date {asked} is no day: write it as 2026-11-22"),
            )
        });
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => clock::day_of_epoch(&seconds).ok_or_else(|| {
            language.pick(
                format!("SOURCE_DATE_EPOCH={seconds} 不是 1970 年以来的秒数"),
                format!("SOURCE_DATE_EPOCH={seconds} is no number of seconds since 1970"),
            )
        }),
        Err(_) => clock::today().ok_or_else(Failure::new),
    }
}

/// Whether a report still holds: 0 where it does, 1 where it does not.
fn verify(path: &Path, paths: &[PathBuf], language: Language) -> Result<u8, Failure> {
    let bytes = fs::read(path)
        .map_err(|error| format!("{}: {}", path.display(), files::reason(&error, language)))?;
    let Some((paper, then)) = render::manifest(&bytes) else {
        let path = path.display();
        return Err(language.pick(
            format!("{path} 不是 planlint 写的报告，或其中供复核的部分已经丢失"),
            format!("{path} is no report of planlint's, or has lost what it could be checked by"),
        ));
    };
    let date = clock::day(&then.date).ok_or_else(|| {
        language.pick(
            format!("报告的日期读不出来：{}", then.date),
            format!("the report's day cannot be read: {}", then.date),
        )
    })?;
    let found = files::find(paths, language)?;
    let asked = (date, then.scope(), then.only.clone());
    let now = match audited(&found, asked, Language::of_tag(&then.language)) {
        Ok(now) => now,
        Err(gone) => {
            let lead = language.pick("报告已不成立", "the report does not hold any more");
            let colon = language.pick("：", ": ");
            terminal::print(&format!("{lead}{colon}{}\n", gone.text(language)))?;
            return Ok(1);
        }
    };
    let mut written = Vec::new();
    (paper.write)(&now, &mut written).map_err(|error| error.to_string())?;
    let verification = audit::verify(&then, &now);
    let same = written == bytes;
    let text = render::verification(&verification, same, language);
    terminal::print(&text)?;
    Ok(u8::from(!(verification.holds() && same)))
}
