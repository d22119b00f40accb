//! What `report --verify` says.

use crate::audit::Verification;
use crate::language::{Language, counted};

/// Entries of a list that are told.
const MOST: usize = 20;

/// Whether a report still holds, and what differs. `same` says whether the file is byte for byte what would be written now.
#[must_use]
pub fn verification(of: &Verification, same: bool, language: Language) -> String {
    let mut lines = Vec::new();
    if !of.is_list_whole {
        let text = language.pick(
            "报告所载的输入清单与其 SHA-256 不符：报告被改动过",
            "the report's list of inputs does not have the SHA-256 that it names: the report was altered",
        );
        lines.push(text.to_owned());
    }
    differences(&mut lines, of, language);
    counts(&mut lines, of, language);
    if let Some(version) = &of.version {
        let now = env!("CARGO_PKG_VERSION");
        lines.push(language.pick(
            format!("报告由 planlint {version} 写成，现在是 {now}"),
            format!("the report was written by planlint {version}; this is {now}"),
        ));
    }
    lines.push(verdict(of, same, language).to_owned());
    lines.join("\n") + "\n"
}

/// The inputs and findings that are not as they were.
fn differences(lines: &mut Vec<String>, of: &Verification, language: Language) {
    let lists = [
        (&of.changed, "输入文件已改动", "inputs changed"),
        (&of.gone, "输入文件已不在", "inputs gone"),
        (&of.added, "新增的输入文件", "inputs new"),
        (&of.resolved, "报告中的问题已不成立", "findings no more"),
        (&of.arisen, "报告中没有的问题", "findings not in the report"),
    ];
    for (list, zh, en) in lists.into_iter().filter(|(list, ..)| !list.is_empty()) {
        let count = list.len();
        lines.push(language.pick(format!("{zh}：{count} 项"), format!("{en}: {count}")));
        let shown = list.iter().take(MOST);
        lines.extend(shown.map(|entry| format!("  {entry}")));
        let left = count.saturating_sub(MOST);
        if left > 0 {
            lines.push(language.pick(format!("  其余 {left} 项"), format!("  and {left} more")));
        }
    }
}

/// The counts then and now, where they differ.
fn counts(lines: &mut Vec<String>, of: &Verification, language: Language) {
    let said = |[all, holds, violated, undetermined, allowed]: [usize; 5]| match language {
        Language::Chinese => format!(
            "检查 {all}，相符 {holds}，不符 {violated}，无法判断 {undetermined}，获准 {allowed}"
        ),
        Language::English => format!(
            "{}: {holds} hold, {violated} violated, {undetermined} undetermined, {allowed} accepted",
            counted(all, "check")
        ),
    };
    if let Some((then, now)) = of.counts {
        let (then, now) = (said(then), said(now));
        lines.push(language.pick(format!("报告中：{then}"), format!("in the report: {then}")));
        lines.push(language.pick(format!("现在：　{now}"), format!("now:           {now}")));
    }
}

fn verdict(of: &Verification, same: bool, language: Language) -> &'static str {
    match (of.holds(), same) {
        (true, true) => language.pick(
            "报告仍然成立：输入文件、检查结果都没有变，文件与重新写出的逐字节相同",
            "the report still holds: inputs and findings are the same, and the file is byte for byte what is written anew",
        ),
        (true, false) if of.version.is_some() => language.pick(
            "报告所载的输入和问题没有变，但报告自称由别的版本写成，其文字没有核对：请用那个版本复核",
            "inputs and findings are the same, but the report says that another version wrote it: its text was not checked; use that version",
        ),
        (true, false) => language.pick(
            "输入文件和检查结果没有变，但报告的文件与重新写出的不同：写成后被改动过，或用别的程序另存过",
            "inputs and findings are the same, but the file is not what is written anew: it was altered, or saved by another program",
        ),
        (false, _) => language.pick("报告已不成立", "the report does not hold any more"),
    }
}
