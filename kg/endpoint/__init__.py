"""HTTP to a SPARQL endpoint or triplestore elsewhere: who we are, what is tried again, what an error says."""

from kg.endpoint.client import Answer, Client
from kg.endpoint.login import Login, find_login

__all__ = ["Answer", "Client", "Login", "find_login"]
