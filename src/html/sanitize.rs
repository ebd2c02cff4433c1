//! stand-in
use crate::model::SafeHtml;
use crate::url::Url;

/// Cleans a fragment.
pub fn fragment(html: &str, _base: &Url) -> SafeHtml {
    SafeHtml::assume_clean(ammonia::clean(html))
}
