"""Exports of annotation tools as one table, and posts as what such tools take."""
