//! Today's date, from the system's clock in UTC, and the time since the process began.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use planlint::model::Date;

/// The time since it was first asked for.
pub(crate) fn elapsed() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// Today, by the proleptic Gregorian calendar.
pub(crate) fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(date(i64::try_from(seconds / 86_400).ok()?))
}

/// The day of a number of seconds since 1970, as `SOURCE_DATE_EPOCH` gives it.
pub(crate) fn day_of_epoch(seconds: &str) -> Option<Date> {
    let seconds: i64 = seconds.trim().parse().ok()?;
    // Ten thousand years are more than any calendar of plans.
    (0..315_360_000_000)
        .contains(&seconds)
        .then(|| date(seconds / 86_400))
}

/// A day written `YYYY-MM-DD`.
pub(crate) fn day(text: &str) -> Option<Date> {
    let written: toml::value::Datetime = text.parse().ok()?;
    let date = written.date.filter(|_| written.time.is_none())?;
    Some(Date {
        year: date.year.into(),
        month: date.month,
        day: Some(date.day),
    })
}

/// A moment as nanoseconds since 1970; 0 where that is none.
pub(crate) fn nanoseconds(moment: SystemTime) -> u64 {
    let since = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(0)
}

/// The date of a number of days since 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn date(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date {
        year: i32::try_from(year).unwrap_or(i32::MAX),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).ok(),
    }
}
