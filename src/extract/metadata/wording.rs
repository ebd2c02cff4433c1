//! The words around names in bylines, in many languages, split by `|`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words to look up.
pub(super) type Words = LazyLock<HashSet<&'static str>>;
/// Words to look for, in their order.
pub(super) type Phrases = LazyLock<Vec<&'static str>>;

/// Words that stand before a name, longest first within one beginning. After them comes a space, a colon or the end.
pub(super) static LEADS: Phrases = LazyLock::new(|| {
    concat!(
        "von unserem redakteur|von unserer redakteurin|von redakteurin|von redakteur|door onze verslaggever|dal nostro inviato|dal nostro corrispondente|",
        "de notre correspondante|de notre correspondant|de notre envoyé spécial|de notre envoyée spéciale|",
        "words and photos by|story and photos by|text and photos by|photos and text by|written and photographed by|testo e foto di|",
        "texto y fotos de|texto e fotos de|texte et photos de|text und fotos von|text och foto av|tekst og foto av|tekst og foto af|",
        "tekst en foto's door|a column by|report by|reporting by|ein interview von|eine reportage von|eine kolumne von|un article de|",
        "postado por|inviato da|dodane przez|γράφει ο|γράφει η|από τον|από την|ผู้เขียน|",
        "view all posts by|view all articles by|view all stories by|see all posts by|all posts by|all articles by|",
        "more articles by|more posts by|latest posts by|posts by|articles by|read more from|more from|more by|more about|about|",
        "this article was written by|article written by|written by|posted by|published by|reported by|story by|text by|",
        "words by|article by|created by|submitted by|started by|contributed by|authored by|compiled by|post by|blog by|",
        "interview by|opinion by|analysis by|review by|by|zeige alle beiträge von|alle beiträge von|alle artikel von|mehr von|",
        "mehr über|geschrieben von|verfasst von|veröffentlicht von|ein beitrag von|blog beitrag von|beitrag von|",
        "ein artikel von|artikel von|erstellt von|gepostet von|eingestellt von|ein kommentar von|kommentar von|",
        "eine analyse von|ein gastbeitrag von|von|vom|ver todas las entradas de|escrito por|publicado por|texto de|por|",
        "voir tous les articles de|écrit par|publié par|rédigé par|propos recueillis par|recueillis par|recueilli par|par|scritto da|pubblicato da|",
        "a cura di|geschreven door|geplaatst door|door|skrevet av|skrevet af|skriven av|av|af|przez|ditulis oleh|oleh|penulis|",
        "autorinnen|autorin|autoren|autores|autoras|autora|autorka|autor|authors|author|auteurs|auteur|autore|autori|writer|",
        "writers|авторы|автор|автори|от|yazar|yazan|kirjoittaja|tekijä|szerző|írta|מאת|γράφει|tác giả|โดย|نویسنده|লেখক|بقلم|كتب|लेखक|",
        "από|bởi|viết bởi|bài viết của|kirjoittanut|julkaissut|tarafından|написав|написала|опублікував|опублікувала|від|опубликовал|опубликовала|написал|написала|",
        "بواسطة|كتبه|كتبت|نوشته|توسط|به قلم|द्वारा|রচনা|লিখেছেন|எழுதியவர்|autors|autorius|parašė|raksta|publicat per|escrit per|egilea|nork|",
        "utworzone przez|autorstwa|napisał|napisała|dodał|dodała|vložil|napsal|napsala|zveřejnil|pridal|napísal|napísala|közzétette|de către|scris de|publicat de|objavio|napisao|napisala|objavil|napisal|objavila",
    )
    .split('|')
    .collect()
});
/// Words for a text in labels of who wrote it and took its pictures: "Text and photos: Ana Solano".
pub(super) static TEXTS: Words = LazyLock::new(|| {
    "text|texts|words|story|texte|textes|texto|textos|testo|testi|tekst|teksty|teksti|szöveg|текст|bài".split('|').collect()
});
/// Words for the pictures there.
pub(super) static PICTURES: Words = LazyLock::new(|| {
    concat!(
        "photo|photos|photography|pictures|images|foto|fotos|foto's|bild|bilder|kuva|kuvat|zdjęcia|képek|fotók|фото|imagens|imágenes|ảnh|video|",
        "fotografia|fotografie|fotografías",
    )
    .split('|')
    .collect()
});
/// Words that stand before a name only with a colon after them.
pub(super) static LEADS_WITH_COLON: Phrases = LazyLock::new(|| {
    concat!(
        "text|tekst|texte|testo|texto|teksti|текст|interview|redaktion|kommentar|story|haber|words|credit|report|bericht|fonte|",
        "name|contributor|contributors|reporter|reporters|author(s)|autor(es)|auteur(s)|autor(in)|reportagem|reportage|reportaje|entrevista|",
        "redacción|röportaj|muhabir|szöveg|avtor|avtorica|piše|пише|пишува|συντάκτης|κείμενο|الكاتب|إعداد|خبرنگار|تحریر|ผู้เขียน|เรื่อง|müəllif|ავტორი",
    )
    .split('|')
    .collect()
});
/// Small words that open a byline in a language whose names may begin with them too: they go only where two words are left.
pub(super) static LEADS_OR_PARTICLES: Words = LazyLock::new(|| "de|di|da|do|af|av|του|της|των".split('|').collect());
/// Leads of scripts that set no space after them.
pub(super) static LEADS_WITHOUT_SPACE: Phrases = LazyLock::new(|| {
    "作者|记者|記者|著者|筆者|执笔|執筆者|執筆|撰文|ライター|投稿者|この記事を書いた人|文|글쓴이|작성자|글".split('|').collect()
});
/// What opens "Posted on 3 May by Ana Solano".
pub(super) static POSTED: Phrases = LazyLock::new(|| {
    concat!(
        "posted|published|submitted|written|created|last |updated|on |veröffentlicht|erstellt|geschrieben|publié|publicado|",
        "started",
    ).split('|').collect()
});
/// What follows such an opening, before the name.
pub(super) static BY: Phrases = LazyLock::new(|| " by | von | par | por ".split('|').collect());
/// Words that name a task, not a person. A name of two words or more ends before them.
pub(super) static TASKS: Words = LazyLock::new(|| {
    concat!(
        "editor|editors|reporter|reporters|correspondent|writer|writers|contributor|contributors|columnist|journalist|producer|",
        "director|manager|redakteur|redakteurin|korrespondent|korrespondentin|journaliste|redactor|redactora|periodista|",
        "giornalista|redazione|redaktion|redaktør|staff|wire|team|expert|analyst|specialist|strategist|consultant|author|autor|",
        "autorin|photographer|fotograf|ceo|cto|cfo|coo|founder|co-founder|freelance|senior|chief|associate|assistant|",
        "software|engineer|developer|designer|scientist|researcher|professor|projektleiter|projektleiterin|pressesprecher|pressesprecherin|geschäftsführer|geschäftsführerin|leiterin|",
        "sprecherin|direktor|direktorin|vorsitzender|vorsitzende|directeur|directrice|responsable|",
        "contributing|special|guest|editorial|content|nutritionist|officer|president|head|vice|chair|chairman|minister|representative|spokesperson|기자|특파원|記者|记者",
    )
    .split('|')
    .collect()
});
/// Words of the page around a name. A text with one of them is no name.
pub(super) static PAGE_WORDS: Words = LazyLock::new(|| {
    concat!(
        "view|see|read|follow|following|subscribe|share|more|comments|comment|reply|log|login|sign|posts|articles|article|",
        "profile|bio|contact|click|here|photo|photos|image|getty|minute|minutes|min|ago|published|posted|updated|last|written|",
        "email|e-mail|website|newsletter|copyright|uncategorized|categories|category|reviewed|edited|checked|medically|search|",
        "menu|home|next|previous|print|views|watch|listen|skip|advertisement|sponsored|tags|topics|latest|join|discussion|",
        "author's|teilen|folgen|mehr|artikel|beiträge|kommentare|kommentar|aktualisiert|veröffentlicht|suscríbete|compartir|",
        "partager|suivre|lire|leer|leggi|with|our|your|this|what|how|why|when|faq|updates|wrote|says|said|am|pm|uhr|post|link|",
        "uppdaterad|publicerad|opdateret|udgivet|oppdatert|publisert|aktualizado|actualizado|atualizado|aggiornato|bijgewerkt|gepubliceerd|actualisé|tagged|",
        "categoria|categoría|catégorie|kategorie|kategoria|kategori|liczba|postów|szukaj|znajdź|wątków|mensajes|messages|threads|reputation|joined|registriert|registrado|dołączył|beigetreten|",
        "archived|developed|designed|powered|konto|cuenta|compte|commons|guidelines|richtlinien|url|hide|show|close|edit|report|alle|account|us|you|logout|you're|logged",
    )
    .split('|')
    .collect()
});
/// Whole texts that are no names, whatever place says them.
pub(super) static NO_NAMES: Words = LazyLock::new(|| {
    concat!(
        "admin|administrator|by|authors|news|unknown|anonymous|null|undefined|via|and|the|ca|text|fotos|foto|cancel|",
        "autoreninfo|author info|datenschutz|sponsored|public domain|creative commons|none|user|root|webmaster|wordpress|",
        "no author|n/a|na|redaction|la redaction|la rédaction|rédaction|la redacción|redacción|redacao|redação|blog|",
        "press release|agencies|agency|agenturen|default|test|web|online|online redaktion|die redaktion|guest post|nachrichten|",
        "noticias|name|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|montag|dienstag|",
        "mittwoch|donnerstag|freitag|samstag|sonntag|red|red.|publisher|innen|data|date|datum|fecha|redakcja|super user|superuser|anónimo|anonimo|anonyme|anonym|gemeinfrei|domena publiczna|dominio público|",
        "domínio público|domaine public|submitted|courtesy|cortesía|cortesia|版权声明|版权所有|免责声明|微信号|转载请注明|转载声明|佚名|匿名|本站|网友|未知",
    )
    .split('|')
    .collect()
});
/// Words between two names.
pub(super) static AND: Phrases =
    LazyLock::new(|| " and | And | und | et | en | och | og | ja | и | та | ve | dan | và | with | mit | avec | con ".split('|').collect());
/// Words between two names, and inside of one: "José Ortega y Gasset".
pub(super) static AND_OR_PARTICLE: Phrases = LazyLock::new(|| " y | e | i ".split('|').collect());
/// Words after a name that begin something else.
pub(super) static TAILS: Words = LazyLock::new(|| {
    concat!(
        "on|in|im|for|For|at|from|is|was|has|für|aus|Profil|Profile|updated|published|posted|via|wrote|reports|-|–|—|",
        "Photos|Photographs|Foto|Fotos|Kuvat|Kuva",
    )
    .split('|')
    .collect()
});
/// Words after a name that begin something else where a number follows.
pub(super) static TAILS_BEFORE_NUMBERS: Words = LazyLock::new(|| {
    "am|um|le|el|il|op|em|dne|pada|den|the|kl|о|в|à|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec".split('|').collect()
});
/// Small words that a name may begin with, or that of a house.
pub(super) static FIRST_PARTICLES: Words = LazyLock::new(|| {
    "de|del|della|di|da|dos|das|do|du|van|von|vom|la|le|el|al|bin|ibn|bint|ten|ter|af|av|mc|d'|o'|the".split('|').collect()
});
/// Small words that no name ends with.
pub(super) static NEVER_LAST: Words =
    LazyLock::new(|| "the|to|of|by|and|for|with|der|die|und|von|für|et|par|y|por|el".split('|').collect());
/// Small words inside names.
pub(super) static PARTICLES: Words = LazyLock::new(|| {
    concat!(
        "de|del|della|der|den|di|da|dos|das|do|du|van|von|vom|zu|zum|zur|la|le|el|al|bin|ibn|bint|ben|y|e|ter|ten|af|av|und|of|",
        "the|mc|st|st.|d'|v.|o'|san|los|las|ní|nic|uí|degli|dei|dal|dalla",
    )
    .split('|')
    .collect()
});

/// Words of class names and ids of places that name other authors than this text's.
pub(super) static NEVER: Phrases = LazyLock::new(|| {
    concat!(
        "comment|related|recommend|recirc|teaser|trending|popular|latest|newsletter|menu|navigation|breadcrumb|cookie|caption|",
        "carousel|slider|promo-|promobox|pagination|also-like|read-next|readnext|up-next|most-read|mostread|more-from|",
        "more-stories|disqus|respond|recent|blogroll|license|lizenz|copyright|colophon|site-info|powered|",
        "image-author|photo-author|photo_author|bildautor|bild-autor|fotoautor|foto-autor|autor-foto|autor_foto|photographer|fotograf",
    )
    .split('|')
    .collect()
});

/// Words of class names and ids of places at the side of a text.
pub(super) static SIDE: Phrases = LazyLock::new(|| "sidebar|side-bar|widget-area|footer|tooltip|modal|popup|card".split('|').collect());

/// Parts of class names that say "author".
pub(super) static AUTHOR: Phrases = LazyLock::new(|| {
    concat!(
        "author|byline|by-line|autor|auteur|writer|verfasser|redakteur|contributor|penulis|username|user-name|user_name|",
        "written-by|writtenby|posted-by|postedby|journalist|reporter|creator|submitted|forfatter|skribent|kirjoittaja|toimittaja|yazar|",
        "szerzo|redacteur|kolumnist|columnist|signataire|giornalista|tac-gia|avtor",
    )
    .split('|')
    .collect()
});

/// Parts of class names of what stands around an author's name.
pub(super) static BESIDE: Phrases = LazyLock::new(|| {
    concat!(
        "avatar|image|img|photo|bio|desc|title|job|role|position|social|date|time|link-list|follow|authority|authorize|count|",
        "email",
    ).split('|').collect()
});

/// Segments of addresses of persons' pages.
pub(super) static PERSONS: Words = LazyLock::new(|| {
    concat!(
        "author|authors|autor|autores|autoren|auteur|auteurs|autori|autore|people|profile|profiles|contributor|",
        "contributors|staff|writers|writer|journalist|journalists|user|users|member|members|redaktion|redacteur|by|",
        "about-us|experts|columnist|columnists|profil|editor|editors|reporter|reporters|redactor|redactores|firmas|signataires|journalistes|",
        "kirjoittaja|kirjoittajat|skribent|skribenter|autorzy|penulis|tac-gia|kolumnister|kolumnisten|columnista|columnistas|",
        "periodista|periodistas|giornalisti|avtor|avtory|avtori|szerzo|szerzok|redaktorzy|bio|bios",
    )
    .split('|')
    .collect()
});
