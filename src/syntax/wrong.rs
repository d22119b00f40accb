//! What is said of a rule file that cannot be read.

use super::keyword::Keyword;
use super::token::{Expected, Tokens};
use crate::language::Said;
use crate::problem::{Kind as ProblemKind, Problem, nearest};
use crate::source::{SourceId, Span, Spanned};

/// A rule or a test without its closing brace; `what` is the word for it in both languages.
pub(super) fn unclosed(name: &Spanned<String>, (zh, en): (&str, &str)) -> Problem {
    let message = Said::new(
        format!("{zh} {} 没有右花括号", name.value),
        format!("the {en} {} has no closing brace", name.value),
    );
    let label = Said::new("从这里起", "from here on");
    let help = Said::new(format!("在{zh}末尾补上 }}"), "add } at its end");
    Problem::new(ProblemKind::RuleSyntax, name.span, message, label).help(help)
}

pub(super) fn unexpected(there: Tokens<'_>, expected: &[Expected], source: SourceId) -> Problem {
    let at = there.at();
    let found = there.text.get(at.clone()).unwrap_or("");
    // A bracket that was not closed is likelier forgotten than an operator.
    let mut expected = expected.to_vec();
    expected.sort_by_key(|(zh, _)| *zh != ")");
    let expected = expected.as_slice();
    let zh: Vec<String> = expected.iter().take(8).map(chinese).collect();
    let en: Vec<&str> = expected.iter().take(8).map(|(_, en)| *en).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    let message = if found.is_empty() {
        Said::new(
            format!("文件到此结束，还缺：{zh}"),
            format!("the file ends here; expected {en}"),
        )
    } else {
        Said::new(
            format!("“{found}”不应在此处，应为：{zh}"),
            format!("unexpected `{found}`; expected {en}"),
        )
    };
    let label = Said::new("这里读不下去", "cannot go on here");
    let problem = Problem::new(
        ProblemKind::RuleSyntax,
        Span::new(source, at),
        message,
        label,
    );
    match hint(there, found, expected) {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// What was expected in Chinese; of a keyword both spellings, as a file may use either.
fn chinese((zh, en): &Expected) -> String {
    match Keyword::of(zh) {
        Some(_) => format!("{en}（{zh}）"),
        None => (*zh).to_owned(),
    }
}

/// Known slips.
fn hint(there: Tokens<'_>, found: &str, expected: &[Expected]) -> Option<Said> {
    let before = there.text.get(..there.at().start).unwrap_or("");
    if found == "=" && before.ends_with('=') {
        return Some(Said::new("相等只写一个 =", "write a single = to compare"));
    }
    // 要求t不弱于s: Chinese keywords need spaces around them.
    let is_text = found.starts_with('"');
    let glued = !is_text
        && Keyword::ALL.iter().any(|keyword| {
            let word = keyword.spelling().zh;
            keyword.is_of_rules()
                && word.chars().count() > 1
                && found != word
                && found.contains(word)
        });
    if glued {
        return Some(Said::new(
            "词与词之间要有空格：要求 t 不弱于 s",
            "words need spaces between them: 要求 t 不弱于 s",
        ));
    }
    let first = there.first().is_some_and(|token| token.first);
    let clauses = Keyword::ALL
        .iter()
        .filter(|keyword| first && keyword.starts_clause())
        .flat_map(|keyword| [keyword.spelling().en, keyword.spelling().zh]);
    let wanted = expected.iter().flat_map(|(zh, en)| [*en, *zh]);
    let near = nearest(found, clauses.chain(wanted)).filter(|near| *near != found)?;
    Some(Said::new(
        format!("是否想写“{near}”？"),
        format!("did you mean `{near}`?"),
    ))
}
