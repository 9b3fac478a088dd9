"""Peerpath: training, assessment, hours and certificates for peer support specialists."""
