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
fn json_ld_may_list_its_dates() {
    let check = |data: &str, expected: &str| {
        let page = format!("<script type='application/ld+json'>{data}</script><h1>A bridge opens</h1>");
        published("https://harbourpost.example/a", &page, expected);
    };
    check(r#"{"@type": "NewsArticle", "datePublished": ["2024-07-04"]}"#, "2024-07-04");
    check(r#"{"@type": "NewsArticle", "datePublished": {"@value": "2024-07-04"}}"#, "2024-07-04");
    check(r#"{"@type": "VideoObject", "uploadDate": "2024-07-04"}"#, "2024-07-04");
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

/// When a page says that it was published.
#[track_caller]
fn published(address: &str, page: &str, expected: &str) {
    let dom = crate::html::parse(page, &crate::url::Url::parse(address).unwrap());
    let found = crate::extract::extract(&dom, &crate::extract::Rules::default(), &crate::extract::Context::default()).article.published;
    assert_eq!(found.map(|found| found.value.to_rfc3339()).as_deref().unwrap_or("none"), expected, "{page}");
}

#[test]
fn exact_instants_are_read_where_systems_hide_them() {
    let check =
        |shown: &str, expected: &str| published("https://harbourpost.example/a", &format!("<h1>A bridge opens</h1>{shown}"), expected);
    check("<time data-published='2016-12-09 09:13:00Z'>Dec 9, 2016</time>", "2016-12-09T09:13:00+00:00");
    check("<relative-time datetime='2020-07-07T12:10:51Z'>on Jul 7, 2020</relative-time>", "2020-07-07T12:10:51+00:00");
    check("<post-ago ts='2020-07-07T12:10:51.754000+0000'>on Jul 7, 2020</post-ago>", "2020-07-07");
    check("<post-timeago ts='2020-07-07T12:10:51.754000+0000'>on Jul 7, 2020</post-timeago>", "2020-07-07T12:10:51.754+00:00");
    check("<time-picker>on Jul 7, 2020</time-picker>", "2020-07-07");
    check("<meta property='article:published:time' content='2024-10-23T15:48:15Z'>", "2024-10-23T15:48:15+00:00");
    check(
        "<meta name='script:ld+json' content='{&quot;@type&quot;:&quot;Article&quot;,&quot;datePublished&quot;:&quot;2024-10-23&quot;}'>",
        "2024-10-23",
    );
    let data = r#"{"post":{"title":"A bridge opens","publishedAt":"2024-10-23T15:48:15Z"}}"#;
    check(&format!("<script type=application/json>{data}</script>"), "2024-10-23T15:48:15+00:00");
    check(&format!("<p>22.10.2024</p><script type=application/json>{data}</script>"), "2024-10-22");
    check("<p>Veröffentlichung: <a href=/day>04.02.2022</a></p>", "2022-02-04");
    check("<p>See <a href=/day>04.02.2022</a></p>", "none");
}

#[test]
fn a_page_states_its_own_date() {
    let check = |page: &str, expected: &str| published("https://harbourpost.example/a", page, expected);
    let vague = "<meta name=date content='2023-05-02'><h1>A bridge opens</h1>";
    let text = "<p>The ferry sails again.</p>".repeat(60);
    check(&format!("{vague}{text}<p>Published: 3 November 2023</p>"), "2023-11-03");
    check(&format!("{vague}{text}<p>Erstellt am: 03.11.2023</p>"), "2023-11-03");
    check(&format!("{vague}{text}<p>Built on 3 November 1923</p>"), "2023-05-02");
    // Of several, none is known to be this page's.
    check(&format!("{vague}{text}<p>Published: 3 November 2023</p><p>Published: 4 November 2023</p>"), "2023-05-02");
    check("<title>08.11.2023 | A bridge opens</title><h1>A bridge opens</h1>", "2023-11-08");
    check("<title>A bridge opens | 08.11.2023</title><h1>A bridge opens</h1>", "none");
    check(&format!("{vague}<aside class=meta><time datetime=2023-04-28>28 April</time></aside>"), "2023-04-28");
}

#[test]
fn only_a_bare_date_beside_the_headline_beats_a_declared_one() {
    let check = |shown: &str, expected: &str| {
        let head = "<meta property='article:published_time' content='2024-05-10T08:00:00Z'><h1>A bridge opens</h1>";
        published("https://harbourpost.example/a", &format!("{head}{shown}"), expected);
    };
    check("<p>Council meeting, 29 April 2024</p>", "2024-05-10T08:00:00+00:00");
    check("<p>Concert of 3 May 2024, Town Hall</p>", "2024-05-10T08:00:00+00:00");
    check("<p>Exhibition: 12 January – 3 March 2024</p>", "2024-05-10T08:00:00+00:00");
    check("<p>12 January 2024 – 3 March 2024</p>", "2024-05-10T08:00:00+00:00");
    check("<h2>Monday, 29 April 2024</h2>", "2024-05-10T08:00:00+00:00");
    check("<p>Monday, 29 April 2024</p>", "2024-04-29");
    check("<p>Posted on 29 April 2024, 14:05</p>", "2024-04-29T14:05:00+00:00");
    check("<p>Veröffentlicht am 29. April 2024</p>", "2024-04-29");
    check("<h4 class=date>29 April 2024</h4>", "2024-04-29");
}

#[test]
fn a_clock_above_the_headline_is_no_date_of_publication() {
    let check = |shown: &str, expected: &str| {
        let clock = "<header><time datetime='2024-05-12T09:30:00Z'>Sunday, 12 May 2024</time></header>";
        published("https://harbourpost.example/a", &format!("{clock}<h1>A bridge opens</h1>{shown}"), expected);
    };
    check("<p class=date>10 May 2024</p>", "2024-05-10");
    check("<p><time datetime=2024-05-10>Friday</time></p>", "2024-05-10");
}

#[test]
fn dates_of_what_the_text_is_about_are_not_its_own() {
    let check = |page: &str, expected: &str| published("https://harbourpost.example/a", page, expected);
    check("<h1>What happened on 11 September 2001</h1>", "none");
    check("<h1>What happened on 11 September 2001</h1><p><span>What happened on 11 September 2001</span></p>", "none");
    check("<h1>A bridge opens <span class=date>11 September 2001</span></h1>", "2001-09-11");
    check("<h1>A bridge opens<br><small>&nbsp; 11.09.2001 • </small></h1>", "2001-09-11");
    check("<h1>A bridge opens <small>after 11 September 2001</small></h1>", "none");
    check("<h1>11 September 2001</h1>", "2001-09-11");
    check("<h1>A bridge opens</h1><p>Ruth Calder (born 12 May 1998)</p>", "none");
    check("<h1>A bridge opens</h1><p>10/11/12 points</p>", "none");
    check("<h1>A bridge opens</h1><p>30.11.12</p>", "2012-11-30");
    check("<h1>A bridge opens</h1><p class=date>Northport, 30.11.12</p>", "2012-11-30");
    check("<h1>A bridge opens</h1><p>Posted 30.11.12 in Northport</p>", "2012-11-30");
    check("<h1>A bridge opens</h1><p>Model 2024-10-15X</p>", "none");
    published("https://harbourpost.example/docs/v10.11.12/salt", "<h1>A bridge opens</h1>", "none");
    published("https://harbourpost.example/news/t20240704_1.html", "<h1>A bridge opens</h1>", "2024-07-04");
}

#[test]
fn dates_of_other_stories_do_not_count() {
    let check = |page: &str, expected: &str| published("https://harbourpost.example/a", page, expected);
    let timed = "<li><a href=/b>The ferry to the islands sails again</a> <time datetime=2024-07-04>4 July 2024</time></li>".repeat(3);
    let dated = "<li><a href=/b>The ferry to the islands sails again</a> <span class=date>4 July 2024</span></li>".repeat(3);
    let text =
        format!("<p>{}</p>", "The ferry sails again, and many came to the quay to see it leave for the islands. ".repeat(4)).repeat(2);
    check(&format!("<h1>A bridge opens</h1>{text}<aside><ul>{timed}</ul></aside>"), "none");
    check(&format!("<h1>A bridge opens</h1>{text}<div class=box><ul>{dated}</ul></div>"), "none");
    // A page that is a list has no other date.
    check(&format!("<h1>All stories</h1><ul>{timed}</ul>"), "2024-07-04");
    check(&format!("<h1>A bridge opens</h1><time datetime=2024-07-01>1 July</time>{text}<ul>{timed}{dated}</ul>"), "2024-07-01");
}

#[test]
fn a_line_tells_both_of_publication_and_of_a_change() {
    let check = |shown: &str, first: &str, last: &str| {
        let page = format!("<h1>A bridge opens</h1>{shown}");
        let dom = crate::html::parse(&page, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
        let article = crate::extract::extract(&dom, &crate::extract::Rules::default(), &crate::extract::Context::default()).article;
        let days = [article.published, article.modified].map(|found| found.map(|found| found.value.date().to_string()).unwrap_or_default());
        assert_eq!(days, [first, last], "{shown}");
    };
    check("<p>Published: 4 July 2024 | Updated: 6 July 2024</p>", "2024-07-04", "2024-07-06");
    check("<p>Publié le 14/07/2024 à 9h05, mis à jour le 15/07/2024</p>", "2024-07-14", "2024-07-15");
    check("<p>Updated 6 July 2024 (first published 4 July 2024)</p>", "2024-07-04", "2024-07-06");
    check("<p><b>Updated:</b> 16 July 2024 <b>Published:</b> 14 July 2024</p>", "2024-07-14", "2024-07-16");
    let times = "<time datetime=2024-07-06>Updated 6 July</time> <time datetime=2024-07-04>Published 4 July</time>";
    check(times, "2024-07-04", "2024-07-06");
    check("<p>Last updated: <time datetime=2024-07-06>6 July 2024</time></p>", "2024-07-06", "2024-07-06");
    check(
        "<p>Last updated: <time datetime=2024-07-06>6 July</time></p><p>It was built in May 2019 and opened on 3 May 2020.</p>",
        "2024-07-06",
        "2024-07-06",
    );
}

#[test]
fn datelines_and_first_posts_date_what_nothing_else_dates() {
    let rest = "The ferry sails again, and many came to the quay to see it leave for the islands. ".repeat(4);
    let post = "<div class=comment><span class=time>28.09.2019</span><p>The ferry sails.</p></div>";
    published("https://harbourpost.example/a", &format!("<h1>A bridge opens</h1><p>27.1.2022 - {rest}</p>"), "2022-01-27");
    published("https://harbourpost.example/a", &format!("<h1>A bridge opens</h1><p>On 27.1.2022 {rest}</p>"), "none");
    published("https://harbourpost.example/forum/a", &format!("<h1>A bridge opens</h1>{post}"), "2019-09-28");
    published("https://harbourpost.example/a", &format!("<h1>A bridge opens</h1>{post}"), "none");
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

#[test]
fn what_stands_below_the_text_or_in_code_is_no_date_of_the_article() {
    let check =
        |page: &str, expected: &str| published("https://harbourpost.example/a", &format!("<h1>A bridge opens</h1>{page}"), expected);
    let text = format!("<p>{}</p>", "The bridge at the mouth of the river opens again, said the harbour board. ".repeat(4)).repeat(3);
    let below = "<section><h2>Other stories</h2><time datetime=2026-11-27>27 November 2026</time></section>";
    check(&format!("<p>4 July 2024</p>{text}{below}"), "2024-07-04");
    check(&format!("<div class=date>4 July 2024</div>{text}{below}"), "2024-07-04");
    check(&format!("<time>4 July 2024</time>{text}{below}"), "2024-07-04");
    check(&format!("<p>4 July 2024</p><time datetime=2024-07-05>5 July 2024</time>{text}"), "2024-07-05");
    check(&format!("<pre><code>bridge --from <span>2024-01-01</span></code></pre>{text}"), "none");
    check(&format!("<pre><code>bridge --from <span>2024-01-01</span></code></pre>{text}<p class=date>4 July 2024</p>"), "2024-07-04");
}
