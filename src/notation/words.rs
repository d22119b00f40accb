//! The words that plans write values with. What stands in no table here is an error, not a guess.

use super::reading::{Keep, Measure, Rounded, Side, Trend};

const AT_LEAST: Side = Side {
    up: true,
    closed: true,
};
const ABOVE: Side = Side {
    up: true,
    closed: false,
};
const AT_MOST: Side = Side {
    up: false,
    closed: true,
};
const BELOW: Side = Side {
    up: false,
    closed: false,
};

/// Comparing words before a figure. A longer word stands before every word that begins it.
pub(super) const SIDES_BEFORE: &[(&str, Side)] = &[
    ("≥", AT_LEAST),
    (">=", AT_LEAST),
    ("≤", AT_MOST),
    ("<=", AT_MOST),
    (">", ABOVE),
    ("<", BELOW),
    ("大于或等于", AT_LEAST),
    ("大于等于", AT_LEAST),
    ("小于或等于", AT_MOST),
    ("小于等于", AT_MOST),
    ("不低于", AT_LEAST),
    ("不少于", AT_LEAST),
    ("不小于", AT_LEAST),
    ("不高于", AT_MOST),
    ("不超过", AT_MOST),
    ("不大于", AT_MOST),
    ("不多于", AT_MOST),
    ("至少", AT_LEAST),
    ("最低", AT_LEAST),
    ("至多", AT_MOST),
    ("最多", AT_MOST),
    ("最高", AT_MOST),
    ("超过", ABOVE),
    ("高于", ABOVE),
    ("大于", ABOVE),
    ("多于", ABOVE),
    ("低于", BELOW),
    ("小于", BELOW),
    ("少于", BELOW),
    ("不足", BELOW),
    ("不到", BELOW),
];

/// Comparing words behind a figure. 以上 and 以下 include the figure, as in law.
pub(super) const SIDES_BEHIND: &[(&str, Side)] = &[
    ("及以上", AT_LEAST),
    ("及以下", AT_MOST),
    ("以上", AT_LEAST),
    ("以下", AT_MOST),
    ("以内", AT_MOST),
    ("之内", AT_MOST),
];

/// Rounding words before a figure.
pub(super) const ROUNDED_BEFORE: &[(&str, Rounded)] = &[
    ("大约", Rounded::About),
    ("约为", Rounded::About),
    ("约", Rounded::About),
    ("接近", Rounded::Nearly),
    ("将近", Rounded::Nearly),
    ("近", Rounded::Nearly),
];

/// Rounding words behind a figure.
pub(super) const ROUNDED_BEHIND: &[(&str, Rounded)] =
    &[("左右", Rounded::About), ("上下", Rounded::About)];

/// Words before a figure that do not change what it says. 降低到 and 降至 name the level reached.
pub(super) const IDLE_BEFORE: &[&str] = &[
    "力争",
    "争取",
    "确保",
    "努力",
    "总体",
    "基本",
    "实现",
    "稳定在",
    "维持在",
    "保持在",
    "控制在",
    "稳定",
    "保持",
    "达到",
    "达",
    "为",
    "降低到",
    "降低至",
    "下降到",
    "下降至",
    "减少到",
    "减少至",
    "缩短到",
    "缩短至",
    "降到",
    "降至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "上升到",
    "上升至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "升到",
    "升至",
    "增至",
    "提高为",
    "提升为",
    "上升为",
    "增长为",
    "增加为",
    "降低为",
    "下降为",
    "减少为",
    "缩短为",
    "提高达到",
    "提升达到",
    "上升达到",
    "增长达到",
    "增加达到",
    "降低达到",
    "下降达到",
];

/// Words before a change that do not change what it says.
pub(super) const IDLE_BEFORE_CHANGE: &[&str] = &[
    "力争",
    "争取",
    "确保",
    "努力",
    "实现",
    "期间",
    "时期",
    "总计",
    "累计",
    "总体",
    "总",
    "较基期",
    "比基期",
];

/// Words between a change's verb and its amount.
pub(super) const IDLE_AFTER_VERB: &[&str] = &["了", ","];

/// Words behind a verb of change that name its extent: 上升幅度达到5个百分点 is a change, 提高达到90% is a level.
pub(super) const EXTENT: &[&str] = &["总幅度", "幅度"];

/// Words between the extent and its amount.
pub(super) const IDLE_AFTER_EXTENT: &[&str] = &["达到", "达", "为", "在"];

/// Words that make a change a yearly one.
pub(super) const YEARLY: &[&str] = &["平均每年", "年平均", "每年", "年均", "逐年"];

/// Verbs of change; true is upwards.
pub(super) const VERBS: &[(&str, bool)] = &[
    ("提高", true),
    ("提升", true),
    ("上升", true),
    ("增长", true),
    ("增加", true),
    ("升高", true),
    ("上涨", true),
    ("降低", false),
    ("下降", false),
    ("减少", false),
    ("缩短", false),
];

/// What the amount of a change counts, where it is no unit.
pub(super) const MEASURES: &[(&str, Measure)] = &[
    ("个百分点", Measure::Points),
    ("百分点", Measure::Points),
    ("个千分点", Measure::PerMille),
    ("千分点", Measure::PerMille),
    ("%", Measure::Relative),
    ("倍", Measure::Times),
];

/// Doublings, and how many.
pub(super) const DOUBLINGS: &[(&str, i64)] = &[
    ("翻一番", 1),
    ("翻两番", 2),
    ("翻二番", 2),
    ("翻三番", 3),
    ("翻番", 1),
];

/// Promises to keep the baseline.
pub(super) const KEEPS: &[(&str, Keep)] = &[
    ("保持稳定", Keep::Stable),
    ("基本稳定", Keep::Stable),
    ("保持不变", Keep::Stable),
    ("维持不变", Keep::Stable),
    ("维持稳定", Keep::Stable),
    ("总体稳定", Keep::Stable),
    ("不降低", Keep::NotLower),
    ("不下降", Keep::NotLower),
    ("不减少", Keep::NotLower),
    ("不升高", Keep::NotHigher),
    ("不上升", Keep::NotHigher),
    ("不提高", Keep::NotHigher),
    ("不增加", Keep::NotHigher),
];

/// Words that may stand before a promise to keep, or before a direction.
pub(super) const IDLE_BEFORE_WORDS: &[&str] =
    &["力争", "争取", "确保", "总体", "基本", "保持", "实现"];

/// Words that make a verb of change a direction.
pub(super) const STEADILY: &[&str] = &[
    "持续",
    "稳步",
    "逐步",
    "不断",
    "逐年",
    "进一步",
    "明显",
    "显著",
    "大幅",
    "稳中有",
    "稳中",
];

/// Directions that are no verb of change with a figure.
pub(super) const TRENDS: &[(&str, Trend)] = &[
    ("提高", Trend::Up),
    ("提升", Trend::Up),
    ("上升", Trend::Up),
    ("增长", Trend::Up),
    ("增加", Trend::Up),
    ("升高", Trend::Up),
    ("降低", Trend::Down),
    ("下降", Trend::Down),
    ("减少", Trend::Down),
    ("缩短", Trend::Down),
    ("升", Trend::Up),
    ("降", Trend::Down),
];

/// All of it.
pub(super) const FULL: &[&str] = &[
    "实现全覆盖",
    "基本全覆盖",
    "达到全覆盖",
    "全覆盖",
    "全部覆盖",
];

/// Wording that says something, but no figure.
pub(super) const WORDINGS: &[&str] = &[
    "同比例提高",
    "同比例下降",
    "同步提高",
    "同步增长",
    "有所提高",
    "有所下降",
    "有所改善",
    "持续改善",
    "逐步改善",
    "明显改善",
    "改善",
    "达到国家要求",
    "达到省级要求",
    "达到自治区要求",
    "达到上级要求",
    "达到国家标准",
    "按国家要求",
    "按上级要求",
    "完成国家下达任务",
    "完成自治区下达任务",
    "完成省级下达任务",
    "完成上级下达任务",
    "控制在国家下达指标以内",
    "控制在上级下达指标以内",
    "控制在合理范围",
    "保持合理水平",
    "合理增长",
    "达标",
    "基本建成",
    "建成",
    "基本形成",
    "完成",
    "待定",
    "另行下达",
];

/// A cell in which nothing was given.
pub(super) const DASHES: &[&str] = &["---", "--", "-", "/", "…", "..."];

/// Wording that says that nothing was given; at least one in a text made of these and of [`NOT_GIVEN_IDLE`].
pub(super) const NOT_GIVEN: &[&str] = &[
    "无相关统计数据",
    "无相关数据",
    "无统计数据",
    "暂无数据",
    "没有数据",
    "无数据",
    "数据缺失",
    "未开展",
    "未统计",
    "未监测",
    "未填报",
    "暂缺",
    "暂无",
    "缺",
    "无",
];

/// Wording that may surround it.
pub(super) const NOT_GIVEN_IDLE: &[&str] = &[
    "工作", "监测", "统计", "期间", "时期", "当年", "此项", "该项", "尚", "末", "年", "底", "前",
    ",", ";", ".", "。", "、", "(", ")",
];

/// The forms that a value may have, in Chinese and English, for error messages.
#[must_use]
pub const fn expected() -> (&'static str, &'static str) {
    (
        "可用的写法：72、1,107、≥72、<7、95%以上、5-6、27左右、1:0.77、343947万、每年降低0.5个百分点、提高1岁、下降30%、翻一番、保持稳定、持续下降、全覆盖、—（未给出）、?（原文缺失）",
        "write 72, 1,107, ≥72, <7, 95%以上, 5-6, 27左右, 1:0.77, 343947万, 每年降低0.5个百分点, 提高1岁, 下降30%, 翻一番, 保持稳定, 持续下降, 全覆盖, — (not given) or ? (cell lost)",
    )
}
