"""A stream of small choices out of bytes: hypothesis draws them block by block, an example gives them. Zeros are the plainest case."""

from __future__ import annotations

import itertools
import random

from hypothesis import strategies as st

_BLOCK = 48


class Dice:
    """Choices, one byte after the other."""

    def __init__(self, stream):
        self._stream = iter(stream)

    def upto(self, top):
        """A whole number from 0 to top (up to 255)."""
        return next(self._stream) % (top + 1)

    def pick(self, choices):
        """One of several."""
        return choices[self.upto(len(choices) - 1)]

    def some(self, choices, most=3):
        """A few of several, in their order, none twice."""
        if not choices:
            return []
        chosen = {self.upto(len(choices) - 1) for _ in range(self.upto(most))}
        return [each for index, each in enumerate(choices) if index in chosen]

    def chance(self, one_in):
        """True once in so many times; never for zeros."""
        return self.upto(one_in - 1) == one_in - 1

    def bits(self, count):
        """As many yes or no: all alike, all but one, or any."""
        shape = self.upto(4)
        if shape < 2:
            return [shape == 1] * count
        if shape == 2:
            odd = self.upto(min(count, 256) - 1)
            return [index != odd for index in range(count)]
        flips = [self.upto(255) for _ in range(count // 8 + 1)]
        return [bool(flips[index // 8] >> index % 8 & 1) for index in range(count)]

    def money(self):
        """A sum in đồng: nothing, whole triệu, thousandths of a triệu, odd đồng, many millions; thirteen of them stay below the largest sum that a cell may hold."""
        shape, high, low = self.upto(5), self.upto(255), self.upto(255)
        small = high * 256 + low
        return (0, 1_000_000 * small, 1_000 * small, small, 250_000_000 * high + 1_000 * low, 333_333 * small)[shape]

    def below(self, most):
        """A part of a sum: nothing, all of it, or between."""
        shape, part = self.upto(3), self.upto(255)
        return (0, most, most // 2, most * part // 256)[shape]


def drawn(draw):
    """Dice that hypothesis throws."""
    block = st.binary(min_size=_BLOCK, max_size=_BLOCK)
    return Dice(byte for _ in itertools.count() for byte in draw(block))


def plain():
    """Dice that always fall on the plainest side."""
    return Dice(itertools.repeat(0))


def seeded(seed):
    """Dice of an example that is anything but plain."""
    source = random.Random(seed)
    return Dice(source.randrange(256) for _ in itertools.count())
