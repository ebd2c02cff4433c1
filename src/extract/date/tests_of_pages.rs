//! What pages say of their own dates, as a reader would take them.

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
fn data_of_another_article_do_not_date_a_page() {
    let check = |data: &str, expected: &str| {
        let text = "Many came to the quay to see the first of them cross. ".repeat(6);
        let page = format!(
            "<title>A bridge opens</title><script type='application/ld+json'>{data}</script><h1>A bridge opens</h1><p class=date>4 July 2024</p><p>{text}</p>"
        );
        published("https://harbourpost.example/a", &page, expected);
    };
    let article = |url: &str, headline: &str| {
        format!(r#"{{"@type": "NewsArticle", "url": "{url}", "headline": "{headline}", "datePublished": "2022-03-01"}}"#)
    };
    check(&article("/a", "The bridge that never was"), "2022-03-01");
    check(&article("/b", "A bridge opens in the north"), "2022-03-01");
    check(&article("/b", "The ferry sails again"), "2024-07-04");
    check(r#"{"@type": "Book", "name": "On bridges", "datePublished": "1999-03-01"}"#, "2024-07-04");
    check(r#"{"@type": "VideoObject", "name": "A crane", "uploadDate": "2022-03-01"}"#, "2024-07-04");
    let section = r#"{"@type": "NewsArticle", "mainEntityOfPage": "/news", "url": "/a", "headline": "The bridge that never was", "datePublished": "2022-03-01"}"#;
    check(section, "2022-03-01");
}

#[test]
fn properties_of_reviews_do_not_date_a_page() {
    let review =
        "<div itemscope itemtype=https://schema.org/Review><meta itemprop=datePublished content=2022-03-02><p>Fine boots.</p></div>";
    let check = |page: &str, expected: &str| published("https://harbourpost.example/a", page, expected);
    check(&format!("<h1>Harbour boots</h1><p>For wet quays.</p>{review}"), "none");
    check(&review.replace("<p>Fine boots.</p>", "<h1>Fine boots</h1>"), "2022-03-02");
    check("<meta itemprop=datePublished content=2022-03-02><h1>A bridge opens</h1>", "2022-03-02");
    check("<meta itemprop=datePublished value=2022-03-02><h1>A bridge opens</h1>", "2022-03-02");
}

#[test]
fn names_of_metas_are_taken_in_their_order() {
    let check =
        |metas: &str, expected: &str| published("https://harbourpost.example/a", &format!("{metas}<h1>A bridge opens</h1>"), expected);
    check("<meta name=pub_date content=2024-07-04>", "2024-07-04");
    check("<meta property=article:publish_date content=2024-07-04>", "2024-07-04");
    check("<meta name=DC.created content=2024-07-01><meta name=DC.date.issued content=2024-07-04>", "2024-07-04");
    check("<meta name=dc.date.created content=2024-07-01><meta name=dc.date.issued content=2024-07-04>", "2024-07-04");
}

#[test]
fn an_attribute_beside_the_headline_keeps_the_instant() {
    let check = |html: &str, expected: &str| {
        let page = format!("<h1>A bridge opens</h1>{html}<p>{}</p>", "Many came to the quay to see it. ".repeat(9));
        published("https://harbourpost.example/a", &page, expected);
    };
    check("<abbr class=timeago title=2024-07-04T10:12:00Z>3 days ago</abbr>", "2024-07-04T10:12:00+00:00");
    check("<span class=date data-date=2024-07-04></span>", "2024-07-04");
    check("<span class=published data-timestamp=1720087920></span>", "2024-07-04T10:12:00+00:00");
    check("<time data-epoch=1720087920>3 days ago</time>", "2024-07-04T10:12:00+00:00");
    check("<span class=product data-number=1720087920>Boots</span>", "none");
    check("<span class=number>1720087920</span>", "none");
    let changed = "<abbr class=updated title=2024-08-09T10:12:00Z>9 August 2024</abbr>";
    check(&format!("{changed} <abbr class=published title=2024-07-04T10:12:00Z>4 July 2024</abbr>"), "2024-07-04T10:12:00+00:00");
    check(changed, "2024-08-09T10:12:00+00:00");
    check("<span>Posted: 4 July 2024</span> <span class=updated title=2024-08-09T10:12:00Z>Updated: 9 August</span>", "2024-07-04");
}

#[test]
fn a_calendar_leaf_is_read_whole() {
    let check = |html: &str, expected: &str| {
        let page = format!("<h1>A bridge opens</h1><div class=date>{html}</div><p>{}</p>", "Many came to the quay to see it. ".repeat(9));
        published("https://harbourpost.example/a", &page, expected);
    };
    check("<span>04</span><span>Jul</span><span>2024</span>", "2024-07-04");
    check("<span>Jul</span><span>04</span><span>2024</span>", "2024-07-04");
    check("<span>July 4</span>, <span>2024</span>", "2024-07-04");
    check("4<sup>th</sup> <span>July 2024</span>", "2024-07-04");
    check("<span>04.07.</span><span>2024</span>", "2024-07-04");
    check("<span>12 comments</span><span>2024</span>", "none");
}

#[test]
fn a_label_in_an_element_of_its_own_is_heard() {
    let check =
        |html: &str, expected: &str| published("https://harbourpost.example/a", &format!("<h1>A bridge opens</h1>{html}"), expected);
    check("<p><b>Gebaut:</b> 4. August 2024</p><p><b>Veröffentlicht:</b> 4. Juli 2024</p>", "2024-07-04");
    check("<table><tr><td>Made</td><td>2 July 2024</td></tr><tr><td>Published</td><td>4 July 2024</td></tr></table>", "2024-07-04");
    check("<p>Aktualizacja: 06.07.2024</p><p>Publikacja: 04.07.2024</p>", "2024-07-04");
}

#[test]
fn days_of_terms_and_spans_date_no_page() {
    let check = |html: &str| {
        let page = format!("<h1>A bridge opens</h1>{html}<p>{}</p>", "Many came to the quay to see it. ".repeat(9));
        published("https://harbourpost.example/a", &page, "none");
    };
    check("<p>Closing date: 31 August 2024</p>");
    check("<p><b>Bewerbungsfrist:</b> 31. August 2024</p>");
    check("<div class=date>12. April – 3. Juni 2024</div>");
    check("<p>vom 12.10.2024 bis 3.3.2025</p>");
}

#[test]
fn the_day_of_an_event_dates_no_page() {
    let check = |kind: &str, shown: &str, expected: &str| {
        let data = format!(r#"{{"@type": "{kind}", "name": "Harbour concert", "startDate": "2024-10-12T19:30"}}"#);
        let page = format!("<script type='application/ld+json'>{data}</script><h1>Harbour concert</h1>{shown}");
        published("https://harbourpost.example/a", &page, expected);
    };
    check("MusicEvent", "<div class=event-date>12 October 2024</div>", "none");
    check("Event", "<time datetime=2024-10-12>12 October</time>", "none");
    check("Event", "<time datetime=2024-10-12>12 October</time> <p>Posted on 4 July 2024</p>", "2024-07-04");
    check("Event", "<p>Published: 12 October 2024</p>", "2024-10-12");
    check("SportsEvent", "<div class=date>12 October 2024</div>", "2024-10-12");
}

#[test]
fn what_day_it_is_today_dates_no_page() {
    let text = format!("<p>{}</p>", "Many came to the quay to see it. ".repeat(9));
    let check = |page: &str, expected: &str| published("https://harbourpost.example/a", page, expected);
    check(&format!("<div class=current-date>28 November 2026</div><h1>A bridge opens</h1>{text}"), "none");
    let clock = "<header><time datetime=2026-11-28>28 November</time></header>";
    check(&format!("{clock}<h1>A bridge opens</h1><p>By Ann Brook, 4 July 2024</p>{text}"), "2024-07-04");
    let built = "<meta name=date content=2026-11-28T05:15:00Z>";
    check(&format!("{built}<h1>A bridge opens</h1><p>By Ann Brook, 4 July 2024</p>{text}"), "2024-07-04");
    let at_the_side = "<div><h3>Next boats</h3><span>5 July 2022</span></div>";
    check(&format!("<h1>A bridge opens</h1>{}{at_the_side}<p>Page last changed on 4 July 2024</p>", text.repeat(5)), "2024-07-04");
}

#[test]
fn comments_are_known_in_other_languages() {
    for class in ["kommentar", "comentario", "komentarz", "reacties"] {
        let text = "Many came to the quay to see it. ".repeat(9);
        let page = format!(
            "<h1>A bridge opens</h1><p>{text}</p><div class={class}><b>Ann</b> <span class=date>4 July 2024</span><p>Fine.</p></div>"
        );
        published("https://harbourpost.example/a", &page, "none");
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
