from importlib import import_module

Migration = import_module("chronicle.migrations.0001_initial").Migration
