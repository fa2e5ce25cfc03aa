//! Shrinks pictures: each pixel is the mean of the area that it covers.
//!
//! First by a whole factor, which the `image` crate does fast and without a copy of the picture; then
//! exactly, row by row. The filters of the `image` crate hold a copy with 16 bytes a pixel.

use image::{DynamicImage, GenericImageView as _, RgbImage};

/// A smaller picture, or a copy of the same size; on white where it was transparent.
pub(super) fn shrink(image: &DynamicImage, size: (u32, u32)) -> RgbImage {
    let (width, height) = image.dimensions();
    let factor = (width.max(height) / size.0.max(size.1).max(1)).max(1);
    if factor > 1 {
        let near = image.thumbnail_exact(width.div_ceil(factor), height.div_ceil(factor));
        return exactly(on_white(near), size);
    }
    match image {
        DynamicImage::ImageRgb8(image) => exactly(image.clone(), size),
        image => exactly(on_white(image.clone()), size),
    }
}

/// A picture without transparency, its colours in 8 bits.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let mut opaque = RgbImage::new(image.width(), image.height());
    for (flat, pixel) in opaque.pixels_mut().zip(image.to_rgba8().pixels()) {
        let [colours @ .., alpha] = pixel.0;
        let alpha = u32::from(alpha);
        flat.0 = colours.map(|value| byte((u32::from(value) * alpha + 255 * (255 - alpha)) / 255));
    }
    opaque
}

/// Shrinks to less than half at most.
fn exactly(image: RgbImage, (width, height): (u32, u32)) -> RgbImage {
    if image.dimensions() == (width, height) {
        return image;
    }
    let line = image.width() as usize * 3;
    let columns: Vec<_> = (0..width)
        .map(|column| covered(column, image.width(), width))
        .collect();
    let mut small = Vec::with_capacity(width as usize * height as usize * 3);
    let mut sums = vec![0_u32; line];
    for row in 0..height {
        sums.fill(0);
        for (y, share) in covered(row, image.height(), height) {
            let pixels = &image.as_raw()[y * line..(y + 1) * line];
            for (sum, value) in sums.iter_mut().zip(pixels) {
                *sum += u32::from(*value) * share;
            }
        }
        for column in &columns {
            for colour in 0..3 {
                let parts = column
                    .iter()
                    .map(|(x, share)| u64::from(sums[x * 3 + colour]) * u64::from(*share));
                let mean = (parts.sum::<u64>() + u64::from(ONE * ONE) / 2) / u64::from(ONE * ONE);
                small.push(u8::try_from(mean).unwrap_or(u8::MAX));
            }
        }
    }
    RgbImage::from_raw(width, height, small).expect("as many pixels as there are in this size")
}

/// The sum of the shares of an area.
const ONE: u32 = 1 << 12;

/// The pixels of `from` that one of `to` covers, each with its share.
fn covered(index: u32, from: u32, to: u32) -> Vec<(usize, u32)> {
    let (from, to, index) = (u64::from(from), u64::from(to), u64::from(index));
    // In units such that a pixel of the large picture has `to` and one of the small picture `from`.
    let (start, end) = (index * from, (index + 1) * from);
    // Where a share begins, rounded: so no rounding is lost, and they add up to `ONE`.
    let rounded = |at: u64| u32::try_from((at - start) * u64::from(ONE) / from).unwrap_or(ONE);
    let pixels = start / to..end.div_ceil(to);
    let share = |pixel: u64| {
        let (left, right) = ((pixel * to).max(start), ((pixel + 1) * to).min(end));
        let at = usize::try_from(pixel).unwrap_or(usize::MAX);
        (at, rounded(right) - rounded(left))
    };
    pixels.map(share).collect()
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_counts_by_its_area() {
        for (from, to) in [
            (3, 2),
            (5, 3),
            (1000, 801),
            (1600, 1200),
            (7, 7),
            (1999, 1000),
        ] {
            for index in 0..to {
                let shares = covered(index, from, to);
                assert_eq!(shares.iter().map(|(_, share)| share).sum::<u32>(), ONE);
                assert!(shares.iter().all(|(pixel, _)| *pixel < from as usize));
            }
        }
        // One and a half pixels of the large picture are one of the small one.
        let image = RgbImage::from_raw(3, 1, vec![30, 30, 30, 90, 90, 90, 240, 240, 240]);
        let small = exactly(image.expect("three pixels"), (2, 1));
        assert_eq!(small.into_raw(), [50, 50, 50, 190, 190, 190]);
    }
}
