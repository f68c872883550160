"""Spelled like dagster's, and another library's."""

from warehouse import In, Out

ports = {"in": In(int), "out": Out(str)}
