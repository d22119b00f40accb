//! The headings and words of reports, in both languages.

use crate::audit::{Audit, Plan, Standing, State};
use crate::finding::Decided;
use crate::language::{Language, counted};
use crate::problem::Severity;

/// Declares the words in one list: name, Chinese, English.
macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// The words of a report in one language.
        #[derive(Clone, Copy, Debug)]
        pub(super) struct Words {
            pub language: Language,
            $(pub $name: &'static str,)*
        }

        /// The words in a language.
        pub(super) fn words(language: Language) -> Words {
            Words { language, $($name: language.pick($zh, $en),)* }
        }
    };
}

words! {
    title: "规划一致性核对报告", "Plan consistency report";
    everything: "规划库中的全部规划", "all plans of the repository";
    date: "日期", "Date";
    written_by: "编制工具", "Written by";
    files_hash: "输入清单的 SHA-256", "SHA-256 of the list of inputs";
    plans: "规划", "Plans";
    plan: "规划", "Plan";
    rules: "规则", "Rules";
    rule: "规则", "Rule";
    region: "地区", "Region";
    level: "级别", "Level";
    period: "规划期", "Period";
    status: "状态", "Status";
    number: "文号", "Number";
    source: "原件", "Made from";
    answers_to: "上级规划", "Answers to";
    context: "仅作对照", "shown for comparison only";
    partial: "只录入了一部分", "only a part of it is here";
    contents: "目录", "Contents";
    summary: "结论", "Summary";
    gravest: "最严重的问题", "The gravest findings";
    tree: "各地区的情况", "Regions and their plans";
    matrix: "指标与规划对照表", "Indicators by plans";
    matrix_how: "每格是该规划的该项指标核对的结果；点击格子到所说的问题或指标。", "Each cell says how the checks on that indicator of that plan came out, and leads to the finding or the indicator.";
    matrix_signs: "每格是该规划的该项指标核对的结果；数字是同样严重的问题的个数。", "Each cell says how the checks on that indicator of that plan came out; a number counts the findings that are as grave.";
    indicator: "指标", "Indicator";
    indicators: "各项指标", "Indicators";
    charts_how: "箭头从基期指向目标，色带是目标允许的范围，虚线是最近的上级目标；同一指标各行共用一条横轴。", "An arrow runs from the baseline to the target; the band is what the target allows; the dashed line is the nearest superior's target. All lines of an indicator share one axis.";
    chart: "图", "Chart";
    unit: "单位", "unit";
    baseline: "基期", "Baseline";
    target: "目标", "Target";
    read_as: "读作", "Read as";
    nature: "性质", "Nature";
    year: "年份", "Year";
    standing: "情况", "Standing";
    logarithmic: "对数横轴", "logarithmic axis";
    left_out: "没有画出的还有", "further lines not drawn:";
    rows_left_out: "没有列出的还有", "further lines not shown:";
    findings: "发现的问题", "Findings";
    findings_about_none: "不属于某一部规划的", "About no single plan";
    evidence: "依据的数值", "What it rests on";
    place: "出处", "Place";
    printed: "印作", "Printed";
    mend: "改法", "To mend it";
    why: "原因", "Why";
    same: "同一处的其他说法", "Said again by";
    permalink: "指纹", "Fingerprint";
    undetermined: "无法判断的检查", "What could not be decided";
    undetermined_how: "这些检查既不算相符，也不算不符；补上所缺的数值后才能判断。", "These checks neither hold nor fail: they can be decided once what is missing is there.";
    unlisted: "规则注明不逐项列出的", "Not listed one by one, as their rules say";
    accepted: "获准的偏差", "Accepted deviations";
    reason: "理由", "Reason";
    approved_by: "批准", "Approved by";
    until: "有效期至", "Until";
    for_value: "针对", "For";
    covers: "所涉问题", "Covers";
    coverage: "没有核对到的", "What was not looked at";
    idle: "没有用上的规则", "Rules that never applied";
    unseen: "没有规则核对的指标", "Indicators that no rule looks at";
    unmentioned: "上级提出而本规划没有提到的指标", "Superiors' indicators that a plan never mentions";
    unread: "文件有输入错误、没有提到什么无从判断的规划", "Plans with input errors, of which nobody knows what they never mention";
    without_plan: "没有规划的地区", "Regions without a plan";
    above: "上级地区", "Region above";
    with_plan: "有规划的", "with a plan";
    regions_count: "地区数", "regions";
    turned_off: "设置中关闭的规则", "Rules that the settings turn off";
    none: "无", "none";
    method: "方法", "Method";
    cites: "依据", "Cites";
    parameters: "参数", "Parameters";
    rule_text: "规则原文", "The rule as text";
    severity: "级别", "Severity";
    verdict: "结果", "Verdict";
    message: "说明", "Message";
    checks: "检查", "Checks";
    holds: "相符", "hold";
    violated: "不符", "violated";
    undecided: "无法判断", "undetermined";
    allowed: "获准", "accepted";
    input: "输入问题", "input problem";
    decided: "能够判断的", "decided";
    inputs: "输入文件", "Inputs";
    path: "路径", "Path";
    bytes: "字节", "Bytes";
    unreadable: "没有读到", "not readable";
    filters: "筛选", "Filters";
    all: "全部", "all";
    reset: "清除筛选", "Clear filters";
    shown: "显示", "shown";
    of: "共", "of";
    merged: "条；同一处的几种说法算一条，无法判断的也在内", "; those that say the same count as one, undecided ones are among them";
    open: "展开", "Show";
    skip: "跳到正文", "Skip to the content";
    superior: "上级", "Superior's";
    same_as: "同", "Same as";
    cut_short: "规划或问题较多：错误和警告逐条写全，提示和无法判断的检查只列说明、规则和出处。全部依据见 HTML 格式的报告。", "There are many plans or findings: errors and warnings are told in full; of notes and of what could not be decided, only what is said, by which rule, and where. The HTML report has all the evidence.";
    all_rows: "全部规划的数值", "Figures of all plans";
    some_sheets: "规划较多：只有发现错误或警告的规划各有一张表（最严重的 250 部）；全部规划的数值都在“全部规划的数值”表中，可以筛选。", "There are many plans: only those with errors or warnings have a sheet each, the 250 gravest. The figures of all plans stand in the sheet “Figures of all plans”, with a filter.";
    first: "第一处", "First place";
    second: "第二处", "Second place";
    rule_id: "规则编号", "Rule id";
    description: "内容", "In words";
    better: "方向", "Direction";
    definition: "定义", "Definition";
    subject: "对象", "Of what";
    number_of: "数目", "How many";
    which: "哪些", "Which";
    printed_name: "印作的名称", "Name as printed";
    stands_in: "所在", "Stands in";
    whose: "所属地区", "Whose";
    kind: "类别", "Kind";
    back: "回到结论", "Back to the summary";
    needs_script: "规划较多，各规划的详情在展开时才显示，需要浏览器允许脚本。", "There are many plans: details are put in when they are opened, which needs scripts.";
}

impl Words {
    /// A severity.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand references over"
    )]
    pub const fn severity_of(&self, severity: &Severity) -> &'static str {
        super::super::wording::severity_word(*severity, self.language)
    }

    /// What was decided.
    pub const fn verdict_of(&self, verdict: Option<Decided>) -> &'static str {
        match verdict {
            Some(Decided::Violated) => self.violated,
            Some(Decided::Undetermined) => self.undecided,
            None => self.input,
        }
    }

    /// A state, in a word or two.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand references over"
    )]
    pub fn state(&self, state: &State) -> &'static str {
        let (zh, en) = match state {
            State::Error => ("错误", "error"),
            State::Warning => ("警告", "warning"),
            State::Note => ("提示", "note"),
            State::Allowed => ("获准", "accepted"),
            State::Undetermined => ("无法判断", "undetermined"),
            State::Holds => ("相符", "holds"),
            State::Unchecked => ("没有核对", "not checked"),
            State::NotStated => ("没有提出", "not stated"),
        };
        self.language.pick(zh, en)
    }

    /// How a plan stands, in a word or two.
    pub fn standing(&self, plan: &Plan) -> &'static str {
        if plan.is_reported {
            self.state(&plan.standing.state())
        } else {
            self.context
        }
    }

    /// What a report is about.
    pub fn subject<'a>(&self, audit: &'a Audit) -> &'a str {
        audit.scope.as_deref().unwrap_or(self.everything)
    }

    /// The sections of a report in their order, each with the name that links lead to.
    pub const fn sections(&self) -> [(&'static str, &'static str); 10] {
        [
            ("summary", self.summary),
            ("tree", self.tree),
            ("matrix", self.matrix),
            ("indicators", self.indicators),
            ("findings", self.findings),
            ("accepted", self.accepted),
            ("coverage", self.coverage),
            ("rules", self.rules),
            ("method", self.method),
            ("inputs", self.inputs),
        ]
    }

    /// How many findings are as grave as those on the first page.
    pub fn more_grave(&self, more: usize) -> String {
        self.language.pick(
            format!("同样严重的还有 {more} 处，见下文。"),
            format!("{more} more are as grave; they are told below."),
        )
    }

    /// How many findings a report about some plans does not tell.
    pub fn withheld(&self, findings: usize) -> String {
        self.language.pick(
            format!("另有 {findings} 处问题涉及其他地区的规划草案，或看不出属于哪部规划，本报告不列。"),
            format!("Not told here: {} that show other regions' drafts, or of which it cannot be said whose they are.", counted(findings, "finding")),
        )
    }

    /// Whether these are Chinese.
    pub fn is_zh(&self) -> bool {
        self.language == Language::Chinese
    }

    /// What stands between a label and its value.
    pub fn colon(&self) -> &'static str {
        self.language.pick("：", ": ")
    }

    /// What stands between things of a list.
    pub fn comma(&self) -> &'static str {
        self.language.pick("、", ", ")
    }

    /// The method in paragraphs: a heading and a text each.
    pub fn method(&self) -> &'static [(&'static str, &'static str)] {
        self.language.pick(METHOD_ZH, METHOD_EN)
    }
}

/// How many findings of each severity there are, and how many checks hold and could not be decided; what there is none of left out.
pub(super) fn tally(of: &Standing) -> impl Iterator<Item = (State, usize)> {
    let counts = [
        (State::Error, of.errors),
        (State::Warning, of.warnings),
        (State::Note, of.notes),
        (State::Holds, of.counts.holds),
        (State::Undetermined, of.counts.undetermined),
        (State::Allowed, of.counts.allowed),
    ];
    counts.into_iter().filter(|(_, count)| *count > 0)
}

/// The sign of a state, which says it without colour.
pub(super) const fn sign(state: State) -> &'static str {
    match state {
        State::Error => "✗",
        State::Warning => "!",
        State::Note => "i",
        State::Allowed => "○",
        State::Undetermined => "?",
        State::Holds => "✓",
        State::Unchecked => "·",
        State::NotStated => "–",
    }
}

const METHOD_ZH: &[(&str, &str)] = &[
    (
        "读入",
        "规划中的每个数值按印出的字样读入，保留它在文件中的行和列。“≥72”“27左右”“比2020年提高5个百分点”各有确定的读法；读不出的字样报为输入问题，不作猜测。数值按精确的分数计算，不用浮点数。",
    ),
    (
        "上下级",
        "一部规划的上级，是其地区各级上级地区中领域相同、规划期有重叠的规划。目标与每一份上级规划中同一指标、同一口径、同一年份或更早年份的最严目标比较。",
    ),
    (
        "三种结果",
        "每项检查的结果是相符、不符或无法判断。数值没有印出、只有文字、口径不同、约数的真值会影响结论时，结果是无法判断；无法判断不算相符，单独计数，逐项说明原因。",
    ),
    (
        "级别",
        "错误：与有约束力的目标，或与规划自身的数值相矛盾。警告：应当改正或说明理由。提示：值得留意。同一组数值由几条规则说到时，只列最严重的一条，其余附在它下面。",
    ),
    (
        "局限",
        "本报告只说明录入规划库的规划、按所列规则是否一致，不评价目标是否恰当，也不核对规划文件与原件是否一字不差。没有收录的规划、没有写成规则的要求，不在核对之内，见“没有核对到的”。",
    ),
    (
        "复核",
        "在同一规划库中运行 planlint report --verify 加本报告的文件名，会重新计算全部输入文件的 SHA-256 和全部问题，并说明本报告是否仍然成立。同样的输入、日期和版本写出的报告逐字节相同。",
    ),
];

const METHOD_EN: &[(&str, &str)] = &[
    (
        "Reading",
        "Each value of a plan is read as it is printed, and keeps its line and column. ≥72, 27左右 (about 27) or a rise by 5 percentage points since 2020 each have one reading; what cannot be read is an input problem, never a guess. Numbers are exact fractions, not floating point.",
    ),
    (
        "Superiors",
        "A plan answers to the plans of the regions above its own that are in the same field and share a year with it. A target is compared with the strictest target of each of them for the same indicator, on the same statistical base, for the same year or an earlier one.",
    ),
    (
        "Three verdicts",
        "A check holds, is violated, or is undetermined: where a value is not printed, is only words, has another base, or is rounded so that the answer depends on what it was. Undetermined is not passed: these checks are counted apart, each with its reason.",
    ),
    (
        "Severities",
        "An error contradicts what binds the plan, or the plan itself. A warning has to be mended or explained. A note is worth knowing. Where several rules speak of the same values, the gravest is told and the others stand under it.",
    ),
    (
        "Limits",
        "The report says whether the plans of the repository agree, by the rules that it lists. It does not judge whether a target is right, nor whether a plan file is a faithful copy of its document. Plans that are not here, and demands that no rule states, were not looked at; a section of its own lists them.",
    ),
    (
        "Checking it again",
        "planlint report --verify with this file's name, run in the same repository, computes the SHA-256 of all inputs and all findings again and says whether the report still holds. The same inputs, date and version give the same report byte for byte.",
    ),
];
