"""Clients of the modules' interfaces; they import models only, and are how modules reach each other."""
