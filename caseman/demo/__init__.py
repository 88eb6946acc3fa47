"""Invented cases for a first look: nobody in them lives or has lived."""
