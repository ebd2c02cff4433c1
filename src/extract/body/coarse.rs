//! Numbers as the judge is told them: coarse, so that twice as many are compared in one step.

/// The first half of a number's bits, in an order that is the numbers' own: the sign, the size, and two decimal digits of what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coarse(i16);

impl Coarse {
    /// The number, or the next one below it that can be told.
    pub fn of(value: f32) -> Self {
        let bits = value.to_bits().cast_signed();
        // The bits of numbers below zero grow as the numbers fall (IEEE 754, 3.4).
        let ordered = bits ^ (bits >> 31 & i32::MAX);
        Self(i16::try_from(ordered >> 16).unwrap_or_default())
    }

    /// The number that stands for all that are told alike.
    pub fn value(self) -> f32 {
        let ordered = i32::from(self.0) << 16;
        f32::from_bits((ordered ^ (ordered >> 31 & i32::MAX)).cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_numbers_is_kept() {
        let numbers =
            [f32::NEG_INFINITY, -70_000.0, -300.0, -1.5, -1.0, -0.001, 0.0, 1e-30, 0.25, 0.5, 1.0, 2.0, 255.0, 256.0, 1e9, f32::INFINITY];
        for pair in numbers.windows(2) {
            assert!(Coarse::of(pair[0]) < Coarse::of(pair[1]), "{pair:?}");
        }
        for number in numbers.into_iter().filter(|number| number.is_finite()) {
            assert!((Coarse::of(number).value() - number).abs() <= number.abs() / 100.0, "{number}");
        }
    }

    #[test]
    fn small_counts_are_told_apart() {
        for count in 0_u8..=255 {
            assert!((Coarse::of(f32::from(count)).value() - f32::from(count)).abs() < f32::EPSILON, "{count}");
        }
    }

    #[test]
    fn what_is_told_alike_is_told_alike_again() {
        for code in i16::MIN..=i16::MAX {
            let value = Coarse(code).value();
            assert!(value.is_nan() || Coarse::of(value) == Coarse(code), "{code}");
        }
    }
}
