//! Words that names of outlets hold, and words that stand where a name might.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Words that stand where a name might, and are none.
const GENERIC: &str = "\
    agencies|agenturen|agencias|agences|agency|agencia|agentur|news agencies|wire reports|wire services|staff|staff reports|ag|agenzie|网络|\
    互联网|综合|原创|本站原创|本站|转载|自媒体|own|own work|author|authors|unknown|internet|here|link|twitter|facebook|instagram|youtube|pinterest|reddit|\
    email|e-mail|rss|wikipedia|wikimedia|google|google news|english|englisch|german|deutsch|spanish|french|español|français|anglais|\
    inglés|archive|archiv|redaktion|redacción|giphy|imgur|tenor|getty images|shutterstock|flickr|unsplash|pexels|pixabay|istock|alamy|\
    imago|picture alliance|newsroom|press release|pressemitteilung|comunicado|this site|this blog|my blog|medium|linkedin|\
    whatsapp|telegram|tiktok|threads|bluesky|mastodon|weibo|wechat|snapchat|discord|spotify|apple podcasts|app store|google play|google maps|\
    sms|amazon|github|gitlab|stackoverflow|stack overflow|youtu|blogger";
/// Words that outlets use in their names.
const OUTLET: &str = "\
    news|press|times|post|daily|weekly|agency|agencies|journal|radio|tv|television|media|network|gazette|herald|tribune|bulletin|observer|\
    chronicle|guardian|telegraph|independent|standard|register|review|magazine|wire|service|today|online|report|reporter|record|sun|star|\
    globe|mail|express|voz|diario|periódico|sol|heraldo|noticias|agencia|agência|agence|agenzia|zeitung|nachrichten|anzeiger|rundschau|\
    rundfunk|presse|blatt|tagblatt|bbc|cnn|nachrichtenagentur|channel|canal|gaceta|correo|jornal|correio|corriere|giornale|gazzetta|\
    kurier|dziennik|gazeta|courrier|dépêche|krant|dagblad|tidning|tidningen|avisa|sanomat|uutiset|gazetesi|haber|газета|ведомости|новости|\
    известия|صحيفة|قناة|جريدة|وكالة";
/// A newsroom: whoever of a site's own people wrote.
const NEWSROOM: &str = "\
    redaktion|redaktionen|redaksjonen|redaksjon|redaktionens|redacción|redaccion|redazione|redação|redacao|redaksi|redactie|redakcja|redakcji|\
    redakce|redakcia|redacția|rédaction|редакция|редакции|редакція|toimitus|szerkesztőség|σύνταξη|newsroom|zespół|haber merkezi";
/// Its own work, nobody in particular: a site that so credits its own people.
const NOBODY: &str = "\
    staff|own|eigene|eigener|eigenes|eigen|egen|egna|egne|własne|własna|wlasne|wlasna|vlastní|saját|propia|propio|própria|propria|proprie|\
    собственная|собственный|собственные|власна|ajanslar|agenturen|agencje|agencies|agencias|agences|agências|agenzie|агентства|خاص|وكالات|\
    متابعات|anonym|anonymous|anonyme|anónimo|anonim|аноним";
/// The same in Chinese, which puts no spaces between words.
const NEWSROOM_DENSE: [&str; 10] = ["本报", "本網", "本网", "本站", "本刊", "本台", "本社", "综合", "网络", "网友"];
/// What may stand beside those words.
const BESIDE_NEWSROOM: &str = "\
    recherche|recherchen|reporting|research|information|información|informacja|informacje|informazione|информация|inf|da|de|del|la|der|die|das|\
    von|the|our|unsere|nostra|nuestra|elaboración|bilgi";
/// Words of picture credits: "(File 2013/The Associated Press)".
const PICTURE: &str = "\
    photo|photos|photographer|photograph|foto|fotos|bild|bilder|image|images|imagen|imagem|immagine|picture|pictures|video|vídeo|vidéo|file|archiv|\
    archivbild|archivfoto|getty|grafik|graphic|graphics|gráfico|infografik|chart|map|karte|symbolbild|zdjęcie|zdjęcia|фото|pool|illustration|fotografía";
const PICTURE_DENSE: [&str; 12] = ["图片", "圖片", "照片", "摄影", "视频", "写真", "画像", "映像", "사진", "영상", "이미지", "صورة"];
/// Labels of data and references, after which only an outlet is one.
const REFERENCE: [&str; 12] = ["data", "daten", "datos", "dados", "données", "danych", "данных", "数据", "資料", "资料", "자료", "出典"];
/// What compiles data for tables: its name is that of a note. Parts of words.
const STATISTICS: [&str; 14] = [
    "statisti",
    "estadísti",
    "estatísti",
    "statystyczn",
    "статист",
    "统计",
    "統計",
    "통계",
    "census",
    "survey",
    "enquête",
    "umfrage",
    "annual report",
    "dataset",
];

/// Whether this is one of the words that stand where a name might, and are none. In lower case.
pub(super) fn is_generic(name: &str) -> bool {
    GENERIC.split('|').any(|word| word == name)
}

/// Whether outlets use this word in their names. In lower case.
pub(super) fn is_of_outlet(word: &str) -> bool {
    OUTLET.split('|').any(|known| known == word)
}

/// A name without the words for a newsroom; `None` where it has none of them.
pub(super) fn without_newsroom(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let is_newsroom = |word: &str| is_among(NEWSROOM, word) || is_among(NOBODY, word);
    if is_newsroom(&lower) || NEWSROOM_DENSE.iter().any(|words| name.contains(words)) {
        return Some(String::new());
    }
    if !lower.split_whitespace().any(is_newsroom) {
        return None;
    }
    let rest = name.split_whitespace().filter(|word| !is_newsroom(&word.to_lowercase()));
    let rest = rest.skip_while(|word| is_among(BESIDE_NEWSROOM, &word.to_lowercase()));
    Some(rest.collect::<Vec<_>>().join(" "))
}

/// Whether a name has a word for a newsroom: "Redaktion Harbour Post".
pub(in crate::extract) fn names_newsroom(name: &str) -> bool {
    // Asked of every byline of a page.
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NEWSROOM.split('|').collect());
    let lower = name.to_lowercase();
    let is_known = |words: &str| WORDS.contains(bare(words));
    is_known(&lower) || lower.split_whitespace().any(is_known)
}

fn is_among(list: &str, word: &str) -> bool {
    list.split('|').any(|known| known == bare(word))
}

fn bare(word: &str) -> &str {
    word.trim_matches(['.', ',', ':', '(', ')'])
}

/// Whether a text speaks of a picture, a film or a chart.
pub(super) fn credits_picture(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| PICTURE.split('|').any(|known| known == word))
        || PICTURE_DENSE.iter().any(|word| lower.contains(word))
}

/// Whether a label is one of data or of references.
pub(super) fn labels_reference(label: &str) -> bool {
    let lower = label.to_lowercase();
    REFERENCE.iter().any(|word| lower.contains(word))
}

/// Whether a name is that of somebody who compiles data.
pub(super) fn compiles_data(name: &str) -> bool {
    let lower = name.to_lowercase();
    STATISTICS.iter().any(|part| lower.contains(part))
}
