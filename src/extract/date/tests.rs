//! What a reader of dates would notice, one line a case.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{Order, Reading, find_in_text, parse};

#[track_caller]
fn check(text: &str, language: &str, expected: &str) {
    let found = parse(text, language, &TimeZone::UTC).map(|when| when.to_rfc3339());
    assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
}

#[test]
fn programs_write_dates() {
    check("2021-06-19T20:59:26.201Z", "", "2021-06-19T20:59:26.201+00:00");
    check("2021-06-19T20:59:26+02:00", "", "2021-06-19T20:59:26+02:00");
    check("2021-06-19 20:59", "", "2021-06-19T20:59:00+00:00");
    check("20210619T205926Z", "", "2021-06-19T20:59:26+00:00");
    check("20210619205926", "", "2021-06-19T20:59:26+00:00");
    check("Sat, 19 Jun 2021 20:59:26 +0200", "", "2021-06-19T20:59:26+02:00");
    check("Sat Jun 19 20:59:26 2021", "", "2021-06-19T20:59:26+00:00");
    check("1624136366", "", "2021-06-19T20:59:26+00:00");
    check("1624136366201", "", "2021-06-19T20:59:26.201+00:00");
    check("2021-06-19", "", "2021-06-19");
    check("2021-02-30", "", "none");
}

#[test]
fn months_are_named_in_many_scripts() {
    for (language, text) in [
        ("el", "4 ΙΟΥΛΙΟΥ 2019"),
        ("ar-MA", "4 يوليوز 2019"),
        ("te", "4 జూలై 2019"),
        ("ml", "2019 ജൂലൈ 4"),
        ("kn", "ಜುಲೈ 4, 2019"),
        ("gu", "4 જુલાઈ, 2019"),
        ("pa", "4 ਜੁਲਾਈ 2019"),
        ("si", "2019 ජූලි 4"),
        ("tl", "Hulyo 4, 2019"),
        ("mt", "4 ta’ Lulju 2019"),
        ("kk", "2019 жылғы 4 шілде"),
        ("mn", "2019 оны 7 сарын 4"),
        ("uz", "2019-yil 4-iyul"),
        ("ky", "2019-жылдын 4-июлу"),
        ("pl", "4 VII 2019"),
        ("hu", "2019. VII. 4."),
        ("th", "4 กรกฎาคม พ.ศ. 2562"),
    ] {
        check(text, language, "2019-07-04");
    }
    check("World War II 2019", "en", "none");
}

#[test]
fn people_write_dates() {
    check("on Sunday March 08, 2026 @03:34AM", "en", "2026-03-08T03:34:00+00:00");
    check("March 9th, 2016, 3:05 p.m. EST", "en", "2016-03-09T15:05:00-05:00");
    check("16.02.2016", "de", "2016-02-16");
    check("16 | 02 | 2016", "de", "2016-02-16");
    check("16 | 02 | 16", "de", "none");
    check("9. März 2016 um 14.05 Uhr", "de", "2016-03-09T14:05:00+00:00");
    check("04.07.2024 Sa 12:30 Uhr", "de", "2024-07-04T12:30:00+00:00");
    check("le 9 mars 2016 à 14h05", "fr", "2016-03-09T14:05:00+00:00");
    check("10 de marzo de 2016", "es", "2016-03-10");
    check("9 de março de 2016 às 14h05", "pt", "2016-03-09T14:05:00+00:00");
    check("9 marzo 2016", "it", "2016-03-09");
    check("9 maart 2016", "nl", "2016-03-09");
    check("9 mars 2016 kl. 14:05", "sv", "2016-03-09T14:05:00+00:00");
    check("9. maaliskuuta 2016", "fi", "2016-03-09");
    check("9. märts 2016", "et", "2016-03-09");
    check("9 września 2016", "pl", "2016-09-09");
    check("9. září 2016", "cs", "2016-09-09");
    check("9. listopada 2016.", "hr", "2016-10-09");
    check("9 listopada 2016", "pl", "2016-11-09");
    check("2016. március 9.", "hu", "2016-03-09");
    check("9 martie 2016", "ro", "2016-03-09");
    check("9 Ağustos 2016", "tr", "2016-08-09");
    check("2016 m. kovo 9 d.", "lt", "2016-03-09");
    check("9 марта 2016 г.", "ru", "2016-03-09");
    check("9 березня 2016", "uk", "2016-03-09");
    check("9 Μαρτίου 2016", "el", "2016-03-09");
    check("2016年3月9日", "ja", "2016-03-09");
    check("二〇一六年三月二十九日", "zh", "2016-03-29");
    check("2016년 3월 9일 오후 3시 5분", "ko", "2016-03-09T15:05:00+00:00");
    check("٩ مارس ٢٠١٦", "ar", "2016-03-09");
    check("9 במרץ 2016", "he", "2016-03-09");
    check("९ मार्च २०१६", "hi", "2016-03-09");
    check("৯ মার্চ ২০১৬", "bn", "2016-03-09");
    check("9 มีนาคม 2559", "th", "2016-03-09");
    check("9 มี.ค. 2559", "th", "2016-03-09");
    check("9 Maret 2016", "id", "2016-03-09");
    check("9 tháng 3 năm 2016", "vi", "2016-03-09");
    check("9 Tháng Ba, 2016", "vi", "2016-03-09");
    check("9 Tháng Mười Hai, 2016", "vi", "2016-12-09");
    check("9 Tháng Năm, 2016", "vi", "2016-05-09");
    check("2016. gada 9. marts", "lv", "2016-03-09");
    check("2016ko martxoaren 9a", "eu", "2016-03-09");
    check("9 მარტი 2016", "ka", "2016-03-09");
    check("9 մարտի 2016", "hy", "2016-03-09");
    check("9 fevral 2016", "az", "2016-02-09");
    check("9 сәуір 2016", "kk", "2016-04-09");
    check("تاریخ انتشار: ۱۲ مرداد ۱۴۰۵ - ۲۱:۴۵", "fa", "2026-08-03T21:45:00+00:00");
    check("۱۲ مرداد ماه ۱۴۰۵", "fa", "2026-08-03");
    check("1405/01/17", "fa", "2026-04-06");
    check("۱۴۰۵-۰۱-۱۷", "fa", "2026-04-06");
}

#[test]
fn a_weekday_or_a_bracket_may_stand_between_day_and_clock() {
    let check = |text: &str, language: &str| check(text, language, "2024-07-04T09:05:00+00:00");
    check("2024年7月4日(木) 9時05分", "ja");
    check("2024年7月4日（木） 9時05分", "ja");
    check("2024年07月04日 星期四 09:05", "zh");
    check("2024年07月04日 星期四 上午09:05", "zh");
    check("2024.07.04(목) 09:05", "ko");
    check("2024년 7월 4일 목요일 오전 9시 5분", "ko");
    check("04 Temmuz 2024 Perşembe 09:05", "tr");
    check("4 July 2024, Thursday, 09:05", "en");
    check("4 July 2024 (Thursday), at 09:05", "en");
    check("4 июля 2024, четверг, 09:05", "ru");
    check("4 Ιουλίου 2024 Πέμπτη 9:05 π.μ.", "el");
}

#[test]
fn the_half_of_the_day_is_told_in_many_languages() {
    let at = |text: &str, language: &str, clock: &str| check(text, language, &format!("2024-07-04T{clock}:00+00:00"));
    at("4 Ιουλίου 2024, 9:05 μ.μ.", "el", "21:05");
    at("4 يوليو 2024 9:05 مساءً", "ar", "21:05");
    at("4 يوليو 2024 9:05 صباحًا", "ar", "09:05");
    at("4/7/2024 9:05 CH", "vi", "21:05");
    at("4/7/2024 9:05 SA", "vi", "09:05");
    at("4 जुलाई 2024, रात 9:05", "hi", "21:05");
    at("4 जुलाई 2024, रात 1:05", "hi", "01:05");
    at("4 जुलाई 2024, दोपहर 1:05", "hi", "13:05");
    at("2024年7月4日 晚上9:05", "zh", "21:05");
    check("4 July 2024, 9:05 p.m EST", "en", "2024-07-04T21:05:00-05:00");
}

#[test]
fn zones_are_named_in_short() {
    check("July 4, 2024, 9:05 AM ET", "en", "2024-07-04T09:05:00-04:00");
    check("January 4, 2024, 9:05 a.m. E.T.", "en", "2024-01-04T09:05:00-05:00");
    check("July 4, 2024, 9:05 PM PT", "en", "2024-07-04T21:05:00-07:00");
    check("July 4, 2024, 9:05 PM CT", "en", "2024-07-04T21:05:00-05:00");
    check("9:05 PM MT, July 4, 2024", "en", "2024-07-04T21:05:00-06:00");
    check("4 juillet 2024 à 9:05 et plus", "fr", "2024-07-04T09:05:00+00:00");
    check("4 июля 2024, 09:05 (МСК)", "ru", "2024-07-04T09:05:00+03:00");
    check("4 Juli 2024 09:05 WIB", "id", "2024-07-04T09:05:00+07:00");
    check("4 Juli 2024 09:05 WITA", "id", "2024-07-04T09:05:00+08:00");
    check("4 Juli 2024 | 09.05 WIT", "id", "2024-07-04T09:05:00+09:00");
}

#[test]
fn years_are_counted_from_other_years_too() {
    check("令和6年7月4日", "ja", "2024-07-04");
    check("令和元年7月4日", "ja", "2019-07-04");
    check("民國113年7月4日", "zh-TW", "2024-07-04");
    check("4 ก.ค. 67", "th", "2024-07-04");
    check("4 กรกฎาคม 67", "th", "2024-07-04");
}

#[test]
fn the_order_of_day_and_month_follows_the_evidence() {
    check("03/09/2016", "en-US", "2016-03-09");
    check("03/09/2016", "en-GB", "2016-09-03");
    check("13/09/2016", "en-US", "2016-09-13");
    let order = Order::proved_by(["31/12/2015", "03/09/2016"]);
    assert_eq!(order, Some(Order::DayFirst));
    let read = Reading::new("en", &TimeZone::UTC).with_order(order).read("03/09/2016");
    assert_eq!(read.map(|when| when.to_rfc3339()).as_deref(), Some("2016-09-03"));
}

#[test]
fn numbers_that_are_no_dates_stay_numbers() {
    for text in ["", "12", "call 555-1234", "3.14159", "version 10.2.1", "from 12 to 14 people"] {
        check(text, "en", "none");
    }
}

#[test]
fn a_relative_date_needs_now() {
    let now = "2026-03-09T12:00:00Z".parse().ok();
    let zone = TimeZone::UTC;
    let reading = Reading::new("en", &zone);
    assert_eq!(reading.read("3 hours ago"), None);
    let read = reading.with_now(now).read("3 hours ago");
    assert_eq!(read.map(|when| when.to_rfc3339()).as_deref(), Some("2026-03-09T09:00:00+00:00"));
}

#[test]
fn a_date_in_prose_is_found_where_it_stands() {
    let text = "Süd: Posted 9 March 2016 by Ann";
    let range = find_in_text(text, "en", &TimeZone::UTC).map(|(_, range)| range);
    assert_eq!(range.and_then(|range| text.get(range)), Some("9 March 2016"));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", digits in "[0-9./:T+Z ,年月-]{0,40}") {
        let _ = parse(&text, "en", &TimeZone::UTC);
        let _ = parse(&digits, "", &TimeZone::UTC);
    }

    #[test]
    fn printed_dates_read_back(second in 900_000_000_i64..2_200_000_000, milli in 0_i32..1000) {
        let at = jiff::Timestamp::new(second, milli * 1_000_000).unwrap_or_default();
        let rfc3339 = at.to_string();
        let rfc2822 = at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
        prop_assert_eq!(parse(&rfc3339, "", &TimeZone::UTC).map(|when| when.at), Some(at));
        prop_assert_eq!(parse(&rfc2822, "", &TimeZone::UTC).map(|when| when.at.as_second()), Some(second));
    }
}
