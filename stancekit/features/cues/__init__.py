"""Sentiment cues: what words, signs and case tell beside the words themselves.

The way from a lexicon to numbers, each step on those before it:

1. `table`: the cues, and the lists of words they need.
2. `lexicon`: those lists, read and checked.
3. `terms`: where the words of a lexicon stand in a batch.
4. `scope`: what stands near them; `typography`: signs, capitals, kinds of tokens.
5. `marks`: all of it as marks on stretches of text, each for one cue.
6. `block`: marks summed to cues, as a block of features.
"""
